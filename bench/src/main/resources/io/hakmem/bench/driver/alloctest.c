/* The loop of AllocTest.java. */
#include "driver.h"

#define SMALLEST_EXPONENT 2
#define DOUBLING_BITS 7
#define GROUPS 7
#define ALL_SHARES 1000000

static const uint32_t shares[GROUPS] = {262144, 393216, 245760, 81920, 15360, 1536, 64};

struct alloctest {
  uint32_t slots;
  uint32_t starts[GROUPS + 1];
  void ***tables;
};

static void open_tables(struct load *load) {
  int threads = load_threads(load);
  struct alloctest *test = own_memory(sizeof *test);
  test->slots = (uint32_t)load_parameter(load, "slots");
  for (int group = 1; group < GROUPS; group++) {
    uint64_t share = shares[GROUPS - group];
    test->starts[group] = test->starts[group - 1] + (uint32_t)(share * test->slots / ALL_SHARES);
  }
  test->starts[GROUPS] = test->slots;
  test->tables = own_memory(sizeof(void **) * (size_t)threads);
  for (int thread = 0; thread < threads; thread++) {
    test->tables[thread] = own_memory(sizeof(void *) * test->slots);
  }
  *load_state(load) = test;
}

static uint32_t group_of(uint32_t random) {
  uint32_t left = below(random, ALL_SHARES);
  uint32_t group = 0;
  while (left >= shares[group]) {
    left -= shares[group];
    group++;
  }
  return group;
}

static uint32_t exponent_of(uint32_t random) {
  uint32_t bits = random >> (32 - DOUBLING_BITS);
  return SMALLEST_EXPONENT + (uint32_t)__builtin_ctz(bits | 1u << DOUBLING_BITS);
}

static size_t size_of(uint32_t exponent, uint32_t random) {
  return 1 + (1u << exponent) + below(random, 1u << exponent);
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  const struct allocator calls = *allocator;
  const struct alloctest *test = *load_state(load);
  const uint32_t *starts = test->starts;
  void **table = test->tables[thread];
  const int64_t steps = load_parameter(load, "steps");
  uint32_t random = first_random((int32_t)load_parameter(load, "seed"), thread);
  uint64_t filled = 0;
  for (uint32_t slot = 0; slot < test->slots; slot++) {
    random = next_random(random);
    if (random >> 31 != 0) {
      random = next_random(random);
      uint32_t exponent = exponent_of(random);
      random = next_random(random);
      size_t bytes = size_of(exponent, random);
      table[slot] = calls.allocate(bytes);
      touch(table[slot], bytes);
      filled++;
    }
  }
  uint64_t allocs = 0;
  for (int64_t i = 0; i < steps; i++) {
    random = next_random(random);
    uint32_t group = group_of(random);
    random = next_random(random);
    uint32_t slot = starts[group] + below(random, starts[group + 1] - starts[group]);
    void *block = table[slot];
    if (block != NULL) {
      calls.free(block);
      table[slot] = NULL;
    } else {
      random = next_random(random);
      uint32_t exponent = exponent_of(random);
      random = next_random(random);
      size_t bytes = size_of(exponent, random);
      block = calls.allocate(bytes);
      touch(block, bytes);
      table[slot] = block;
      allocs++;
    }
  }
  uint64_t frees = (uint64_t)steps - allocs + drain_slots(allocator, table, test->slots);
  return (struct tally){filled + allocs, frees};
}

const struct kernel alloctest_kernel = {"alloc-test", open_tables, run};
