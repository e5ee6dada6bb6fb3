/* The loop of CacheWrites.java. */
#include <pthread.h>

#include "driver.h"

struct handing {
  pthread_barrier_t all_handed;
  void **handed;
};

static void open_handing(struct load *load) {
  unsigned threads = (unsigned)load_threads(load);
  struct handing *handing = own_memory(sizeof *handing);
  pthread_barrier_init(&handing->all_handed, NULL, threads);
  handing->handed = own_memory(sizeof(void *) * threads);
  *load_state(load) = handing;
}

/* Counts up the first byte of a block, each time in memory. */
static void count(void *block, int64_t times) {
  volatile char *at = block;
  for (int64_t i = 0; i < times; i++) {
    *at = (char)(*at + 1);
  }
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  const struct allocator calls = *allocator;
  struct handing *handing = *load_state(load);
  const int64_t blocks = load_parameter(load, "blocks");
  const int64_t writes = load_parameter(load, "writes");
  const size_t bytes = (size_t)load_parameter(load, "bytes");
  struct tally tally = {(uint64_t)blocks, (uint64_t)blocks};
  if (load_parameter(load, "handed_out") != 0) {
    for (int other = 0; thread == 0 && other < load_threads(load); other++) {
      handing->handed[other] = calls.allocate(bytes);
      touch(handing->handed[other], bytes);
      tally.allocs++;
    }
    pthread_barrier_wait(&handing->all_handed);
    calls.free(handing->handed[thread]);
    tally.frees++;
  }
  for (int64_t i = 0; i < blocks; i++) {
    void *block = calls.allocate(bytes);
    count(block, writes);
    calls.free(block);
  }
  return tally;
}

const struct kernel cachewrites_kernel = {"cache-writes", open_handing, run};
