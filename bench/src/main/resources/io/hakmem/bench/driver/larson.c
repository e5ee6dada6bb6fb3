/* The loop of Larson.java. */
#include <pthread.h>

#include "driver.h"

struct larson {
  void ***tables;
  pthread_barrier_t epoch_end;
};

/* The sizes, and where a thread's random numbers are. */
struct part {
  const struct allocator *allocator;
  void **table;
  uint32_t slots;
  int64_t steps;
  size_t min;
  uint32_t span;
  uint32_t random;
};

static void open_tables(struct load *load) {
  int threads = load_threads(load);
  struct larson *larson = own_memory(sizeof *larson);
  larson->tables = own_memory(sizeof(void **) * (size_t)threads);
  for (int thread = 0; thread < threads; thread++) {
    larson->tables[thread] = own_memory(sizeof(void *) * (size_t)load_parameter(load, "slots"));
  }
  pthread_barrier_init(&larson->epoch_end, NULL, (unsigned)threads);
  *load_state(load) = larson;
}

static void fill(struct part *part) {
  const struct allocator calls = *part->allocator;
  uint32_t random = part->random;
  for (uint32_t slot = 0; slot < part->slots; slot++) {
    random = next_random(random);
    size_t bytes = part->min + below(random, part->span);
    void *block = calls.allocate(bytes);
    touch(block, bytes);
    part->table[slot] = block;
  }
  part->random = random;
}

static void replace(void *argument) {
  struct part *part = argument;
  const struct allocator calls = *part->allocator;
  void **table = part->table;
  const uint32_t slots = part->slots;
  const size_t min = part->min;
  const uint32_t span = part->span;
  uint32_t random = part->random;
  for (int64_t i = 0; i < part->steps; i++) {
    random = next_random(random);
    uint32_t slot = below(random, slots);
    calls.free(table[slot]);
    random = next_random(random);
    size_t bytes = min + below(random, span);
    void *block = calls.allocate(bytes);
    touch(block, bytes);
    table[slot] = block;
  }
  part->random = random;
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  struct larson *larson = *load_state(load);
  const int threads = load_threads(load);
  const int64_t epochs = load_parameter(load, "epochs");
  const size_t min = (size_t)load_parameter(load, "min_bytes");
  struct part part = {
      .allocator = allocator,
      .table = larson->tables[thread],
      .slots = (uint32_t)load_parameter(load, "slots"),
      .steps = load_parameter(load, "steps"),
      .min = min,
      .span = (uint32_t)(load_parameter(load, "max_bytes") - (int64_t)min + 1),
      .random = first_random((int32_t)load_parameter(load, "seed"), thread),
  };
  fill(&part);
  for (int64_t epoch = 0; epoch < epochs; epoch++) {
    part.table = larson->tables[(thread + epoch) % threads];
    if (threads == 1) {
      run_on_fresh_thread(replace, &part);
    } else {
      replace(&part);
    }
    pthread_barrier_wait(&larson->epoch_end);
  }
  uint64_t drained = drain_slots(allocator, larson->tables[(thread + epochs) % threads], part.slots);
  uint64_t steps = (uint64_t)(epochs * part.steps);
  return (struct tally){part.slots + steps, steps + drained};
}

const struct kernel larson_kernel = {"larson", open_tables, run};
