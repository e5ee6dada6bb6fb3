/* The loop of Growth.java. */
#include "driver.h"

#define VISITS_PER_FREE 8

struct tables {
  void **blocks;
  size_t *sizes;
};

static void open_tables(struct load *load) {
  int threads = load_threads(load);
  size_t slots = (size_t)load_parameter(load, "slots");
  struct tables *tables = own_memory(sizeof *tables * (size_t)threads);
  for (int thread = 0; thread < threads; thread++) {
    tables[thread].blocks = own_memory(sizeof(void *) * slots);
    tables[thread].sizes = own_memory(sizeof(size_t) * slots);
  }
  *load_state(load) = tables;
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  const struct allocator calls = *allocator;
  const struct tables *tables = (struct tables *)*load_state(load) + thread;
  void **blocks = tables->blocks;
  size_t *sizes = tables->sizes;
  const int64_t steps = load_parameter(load, "steps");
  const uint32_t slots = (uint32_t)load_parameter(load, "slots");
  const size_t min = (size_t)load_parameter(load, "min_bytes");
  const uint32_t span = (uint32_t)(load_parameter(load, "first_bytes") - (int64_t)min + 1);
  const size_t outgrown = (size_t)load_parameter(load, "max_bytes") / 2;
  uint32_t random = first_random((int32_t)load_parameter(load, "seed"), thread);
  struct tally tally = {0, 0};
  for (int64_t i = 0; i < steps; i++) {
    random = next_random(random);
    uint32_t slot = below(random, slots);
    size_t bytes = sizes[slot];
    random = next_random(random);
    if (bytes == 0) {
      sizes[slot] = min + below(random, span);
      blocks[slot] = calls.allocate(sizes[slot]);
      tally.allocs++;
    } else if (bytes > outgrown || below(random, VISITS_PER_FREE) == 0) {
      calls.free(blocks[slot]);
      blocks[slot] = NULL;
      sizes[slot] = 0;
      tally.frees++;
      continue;
    } else {
      random = next_random(random);
      sizes[slot] = bytes + 1 + below(random, (uint32_t)bytes);
      blocks[slot] = calls.reallocate(blocks[slot], sizes[slot]);
    }
    touch(blocks[slot], sizes[slot]);
  }
  tally.frees += drain_slots(allocator, blocks, slots);
  for (uint32_t slot = 0; slot < slots; slot++) {
    sizes[slot] = 0;
  }
  return tally;
}

const struct kernel growth_kernel = {"realloc", open_tables, run};
