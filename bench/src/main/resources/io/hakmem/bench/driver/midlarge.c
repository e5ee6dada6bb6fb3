/* The loop of MidLarge.java. */
#include "driver.h"

static void open_slots(struct load *load) {
  int threads = load_threads(load);
  void ***slots = own_memory(sizeof(void **) * (size_t)threads);
  for (int thread = 0; thread < threads; thread++) {
    slots[thread] = own_memory(sizeof(void *) * (size_t)load_parameter(load, "slots"));
  }
  *load_state(load) = slots;
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  const struct allocator calls = *allocator;
  void **slots = (*(void ****)load_state(load))[thread];
  const uint32_t count = (uint32_t)load_parameter(load, "slots");
  const int64_t ops = load_parameter(load, "ops") / load_threads(load);
  const size_t min = (size_t)load_parameter(load, "min_bytes");
  const uint32_t span = (uint32_t)(load_parameter(load, "max_bytes") - (int64_t)min + 1);
  uint32_t random = first_random((int32_t)load_parameter(load, "seed"), thread);
  uint64_t allocs = 0;
  for (int64_t i = 0; i < ops; i++) {
    random = next_random(random);
    uint32_t slot = below(random, count);
    void *block = slots[slot];
    if (block != NULL) {
      calls.free(block);
      slots[slot] = NULL;
    } else {
      random = next_random(random);
      size_t bytes = min + below(random, span);
      block = calls.allocate(bytes);
      touch(block, bytes);
      slots[slot] = block;
      allocs++;
    }
  }
  uint64_t frees = (uint64_t)ops - allocs + drain_slots(allocator, slots, count);
  return (struct tally){allocs, frees};
}

const struct kernel midlarge_kernel = {"mid-large-mt", open_slots, run};
