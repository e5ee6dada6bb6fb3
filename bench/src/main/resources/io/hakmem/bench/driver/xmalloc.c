/* The loop of Xmalloc.java, with the ring of Ring.java. */
#include <sched.h>
#include <stdatomic.h>

#include "driver.h"

struct ring {
  void ***batches;
  int64_t capacity;
  _Atomic int64_t published;
  _Atomic int64_t released;
};

static void open_rings(struct load *load) {
  int pairs = load_threads(load) / 2;
  size_t blocks = (size_t)load_parameter(load, "batch_blocks");
  struct ring *rings = own_memory(sizeof *rings * (size_t)pairs);
  for (int pair = 0; pair < pairs; pair++) {
    rings[pair].capacity = load_parameter(load, "queued_batches");
    rings[pair].batches = own_memory(sizeof(void **) * (size_t)rings[pair].capacity);
    for (int64_t i = 0; i < rings[pair].capacity; i++) {
      rings[pair].batches[i] = own_memory(sizeof(void *) * blocks);
    }
  }
  *load_state(load) = rings;
}

static int64_t own(_Atomic int64_t *counter) {
  return atomic_load_explicit(counter, memory_order_relaxed);
}

static void await_more_than(_Atomic int64_t *counter, int64_t number) {
  while (atomic_load_explicit(counter, memory_order_acquire) <= number) {
    sched_yield();
  }
}

static void **claim(struct ring *ring) {
  int64_t number = own(&ring->published);
  await_more_than(&ring->released, number - ring->capacity);
  return ring->batches[number % ring->capacity];
}

static void **take(struct ring *ring) {
  int64_t number = own(&ring->released);
  await_more_than(&ring->published, number);
  return ring->batches[number % ring->capacity];
}

/* Publishes what was claimed, or releases what was taken. */
static void hand_over(_Atomic int64_t *counter) {
  atomic_store_explicit(counter, own(counter) + 1, memory_order_release);
}

static void allocate_batch(const struct allocator *allocator, void **batch, int64_t count,
                           size_t bytes) {
  const struct allocator calls = *allocator;
  for (int64_t i = 0; i < count; i++) {
    void *block = calls.allocate(bytes);
    touch(block, bytes);
    batch[i] = block;
  }
}

static void free_batch(const struct allocator *allocator, void **batch, int64_t count) {
  const struct allocator calls = *allocator;
  for (int64_t i = 0; i < count; i++) {
    calls.free(batch[i]);
  }
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  struct ring *ring = (struct ring *)*load_state(load) + thread / 2;
  const int64_t batches = load_parameter(load, "batches");
  const int64_t count = load_parameter(load, "batch_blocks");
  const size_t bytes = (size_t)load_parameter(load, "bytes");
  const int producing = thread % 2 == 0;
  for (int64_t i = 0; i < batches; i++) {
    if (producing) {
      allocate_batch(allocator, claim(ring), count, bytes);
      hand_over(&ring->published);
    } else {
      free_batch(allocator, take(ring), count);
      hand_over(&ring->released);
    }
  }
  uint64_t calls = (uint64_t)(batches * count);
  return producing ? (struct tally){calls, 0} : (struct tally){0, calls};
}

const struct kernel xmalloc_kernel = {"xmalloc", open_rings, run};
