/* The loop of Mstress.java. */
#include <stdatomic.h>

#include "driver.h"

#define WORD 8
#define MAX_WORDS 128
#define LARGE_PERCENT 1
#define LARGE_FACTOR 100
#define PASSED_PERCENT 25

/* What a thread leaves to its successor. */
struct estate {
  const struct allocator *allocator;
  struct mstress *common;
  void **kept;
  uint32_t random;
  uint64_t frees;
};

struct mstress {
  int64_t steps;
  uint32_t slots;
  uint32_t passing_slots;
  struct estate *estates;
  _Atomic(void *) *passing;
  _Atomic int ended;
};

static void open_estates(struct load *load) {
  int threads = load_threads(load);
  struct mstress *common = own_memory(sizeof *common);
  common->steps = load_parameter(load, "steps");
  common->slots = (uint32_t)load_parameter(load, "slots");
  common->passing_slots = (uint32_t)load_parameter(load, "passing_slots");
  common->passing = own_memory(sizeof(void *) * common->passing_slots);
  common->estates = own_memory(sizeof(struct estate) * (size_t)threads);
  for (int thread = 0; thread < threads; thread++) {
    common->estates[thread].common = common;
    common->estates[thread].kept = own_memory(sizeof(void *) * common->slots);
  }
  *load_state(load) = common;
}

static void live(void *argument) {
  struct estate *estate = argument;
  const struct allocator calls = *estate->allocator;
  struct mstress *common = estate->common;
  void **kept = estate->kept;
  const uint32_t slots = common->slots;
  const uint32_t passing_slots = common->passing_slots;
  uint32_t random = estate->random;
  uint64_t frees = 0;
  for (int64_t i = 0; i < common->steps; i++) {
    random = next_random(random);
    size_t bytes = WORD * (1 + (size_t)below(random, MAX_WORDS));
    random = next_random(random);
    if (below(random, 100) < LARGE_PERCENT) {
      bytes *= LARGE_FACTOR;
    }
    void *block = calls.allocate(bytes);
    touch(block, bytes);
    random = next_random(random);
    uint32_t slot = below(random, slots);
    void *previous = kept[slot];
    kept[slot] = block;
    random = next_random(random);
    if (below(random, 100) < PASSED_PERCENT) {
      random = next_random(random);
      previous = atomic_exchange(&common->passing[below(random, passing_slots)], previous);
    }
    if (previous != NULL) {
      calls.free(previous);
      frees++;
    }
  }
  estate->random = random;
  estate->frees += frees;
}

static uint64_t drain_passing(const struct allocator *allocator, struct mstress *common) {
  uint64_t frees = 0;
  for (uint32_t slot = 0; slot < common->passing_slots; slot++) {
    void *block = atomic_exchange(&common->passing[slot], NULL);
    if (block != NULL) {
      allocator->free(block);
      frees++;
    }
  }
  return frees;
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  struct mstress *common = *load_state(load);
  struct estate *estate = &common->estates[thread];
  const int64_t generations = load_parameter(load, "generations");
  estate->allocator = allocator;
  estate->random = first_random((int32_t)load_parameter(load, "seed"), thread);
  estate->frees = 0;
  for (int64_t generation = 0; generation < generations; generation++) {
    run_on_fresh_thread(live, estate);
  }
  uint64_t frees = estate->frees + drain_slots(allocator, estate->kept, common->slots);
  /* Whoever ends last knows that nobody passes blocks any more. */
  if (atomic_fetch_add(&common->ended, 1) + 1 == load_threads(load)) {
    atomic_store(&common->ended, 0);
    frees += drain_passing(allocator, common);
  }
  return (struct tally){(uint64_t)(generations * common->steps), frees};
}

const struct kernel mstress_kernel = {"mstress", open_estates, run};
