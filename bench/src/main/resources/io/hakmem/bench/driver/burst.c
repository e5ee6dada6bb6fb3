/* The loop of Burst.java of the workloads. */
#include "driver.h"

static void open_tables(struct load *load) {
  int threads = load_threads(load);
  void ***tables = own_memory(sizeof(void **) * (size_t)threads);
  for (int thread = 0; thread < threads; thread++) {
    tables[thread] = own_memory(sizeof(void *) * (size_t)load_parameter(load, "blocks"));
  }
  *load_state(load) = tables;
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  const struct allocator calls = *allocator;
  void **blocks = (*(void ****)load_state(load))[thread];
  const uint32_t count = (uint32_t)load_parameter(load, "blocks");
  const size_t min = (size_t)load_parameter(load, "min_bytes");
  const uint32_t span = (uint32_t)(load_parameter(load, "max_bytes") - (int64_t)min + 1);
  uint32_t random = first_random((int32_t)load_parameter(load, "seed"), thread);
  for (uint32_t i = 0; i < count; i++) {
    random = next_random(random);
    size_t bytes = min + below(random, span);
    void *block = calls.allocate(bytes);
    touch(block, bytes);
    blocks[i] = block;
  }
  for (uint32_t left = count; left > 0; left--) {
    random = next_random(random);
    uint32_t chosen = below(random, left);
    calls.free(blocks[chosen]);
    blocks[chosen] = blocks[left - 1];
  }
  return (struct tally){count, count};
}

const struct kernel burst_kernel = {"burst", open_tables, run};
