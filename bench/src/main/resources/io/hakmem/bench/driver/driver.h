/*
 * What the kernels of the native driver share. A kernel is the loop of one workload, the same loop
 * as that of its Java record, with the same random numbers, so that both make the same calls.
 */
#ifndef HAKMEM_DRIVER_H
#define HAKMEM_DRIVER_H

#include <stddef.h>
#include <stdint.h>

/* The calls of the measured loops. */
struct allocator {
  void *(*allocate)(size_t bytes);
  void (*free)(void *block);
  void *(*reallocate)(void *block, size_t bytes);
};

/* The calls that one thread's part of a round made. A reallocation is neither. */
struct tally {
  uint64_t allocs;
  uint64_t frees;
};

struct load;

/* One workload. All threads of a round call run at the same moment, each with its number. */
struct kernel {
  /* As Workload.name() says. */
  const char *name;
  /* Once, before the first round; may be NULL. State goes to load_state(). */
  void (*open)(struct load *load);
  struct tally (*run)(struct load *load, const struct allocator *allocator, int thread);
};

/*
 * A parameter of the load by its name, as Workload.parameters() says, or "ops" for Workload.ops();
 * ends the driver if absent.
 */
int64_t load_parameter(const struct load *load, const char *name);
int load_threads(const struct load *load);
/* The file of events, for the replay kernel. */
const char *load_file(const struct load *load);
/* A place for what a kernel keeps between rounds. */
void **load_state(struct load *load);

/*
 * Cleared memory for a kernel's own tables, resident from the start and from no allocator, so that
 * it is not taken for memory that the measured one holds. It is never given back.
 */
void *own_memory(size_t bytes);

/* Ends the driver with one line on standard error. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Marsaglia's xorshift32, as in Random32.java of the workloads. */
static inline uint32_t next_random(uint32_t random) {
  random ^= random << 13;
  random ^= random >> 17;
  random ^= random << 5;
  return random;
}

/* Scales a random number to [0, limit) without a division. */
static inline uint32_t below(uint32_t random, uint32_t limit) {
  return (uint32_t)(((uint64_t)random * limit) >> 32);
}

/* Where a thread's random numbers begin. */
static inline uint32_t first_random(int32_t seed, int thread) {
  uint32_t mixed = (uint32_t)seed * 0x9E3779B9u + (uint32_t)thread * 0x85EBCA6Bu;
  return mixed == 0 ? 1 : mixed;
}

/* Writes the first and the last byte of a block. */
static inline void touch(void *block, size_t bytes) {
  volatile char *at = block;
  at[0] = 1;
  at[bytes - 1] = 1;
}

/* Frees every block of a table and empties it; returns how many there were. */
static inline uint64_t drain_slots(const struct allocator *allocator, void **slots, uint32_t count) {
  uint64_t frees = 0;
  for (uint32_t slot = 0; slot < count; slot++) {
    if (slots[slot] != NULL) {
      allocator->free(slots[slot]);
      slots[slot] = NULL;
      frees++;
    }
  }
  return frees;
}

/*
 * Runs a part of a load on a thread that begins and ends with it, as Crew.java does, and waits for
 * its end.
 */
void run_on_fresh_thread(void (*part)(void *argument), void *argument);

#endif
