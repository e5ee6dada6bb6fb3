/* The memory of this process, and two ways to find out how much an allocator takes. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "parts.h"

#define BURST_MIN 16
#define BURST_MAX 4096
#define BURST_SEED 1
#define PAGE 4096

static struct allocator measured;

static void *filled_allocate(size_t bytes) {
  void *block = measured.allocate(bytes);
  memset(block, 1, bytes);
  return block;
}

static void *filled_reallocate(void *block, size_t bytes) {
  void *moved = measured.reallocate(block, bytes);
  memset(moved, 1, bytes);
  return moved;
}

struct allocator filled(const struct allocator *inner) {
  measured = *inner;
  return (struct allocator){filled_allocate, inner->free, filled_reallocate};
}

void *own_memory(size_t bytes) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED) {
    fail("no %zu bytes for the driver's own tables", bytes);
  }
  return memory;
}

/* The number of kilobytes behind a key of one of the kernel's files; 0 where it says nothing. */
static uint64_t kilobytes(const char *path, const char *key) {
  char line[256];
  unsigned long long found = 0;
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    return 0;
  }
  while (fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, key, strlen(key)) == 0) {
      sscanf(line + strlen(key), "%llu", &found);
      break;
    }
  }
  fclose(file);
  return (uint64_t)found << 10;
}

uint64_t status_bytes(const char *key) { return kilobytes("/proc/self/status", key); }

/* The status adds up counters of processors and may be some dozen pages off; this may not. */
uint64_t resident_bytes(void) {
  uint64_t exact = kilobytes("/proc/self/smaps_rollup", "Rss:");
  return exact != 0 ? exact : status_bytes("VmRSS:");
}

void reset_peak(void) {
  FILE *file = fopen("/proc/self/clear_refs", "w");
  if (file != NULL) {
    fputs("5", file);
    fclose(file);
  }
}

static const struct subject *burst_subject;
static size_t burst_bytes;
static void **burst_blocks;
static size_t burst_capacity;
static struct burst burst_result;

/* The table is there before the first look at the memory, so that it is no part of the growth. */
void prepare_burst(size_t bytes) {
  burst_bytes = bytes;
  burst_capacity = bytes / BURST_MIN + 1;
  burst_blocks = own_memory(burst_capacity * sizeof *burst_blocks);
}

static size_t allocate_burst(void) {
  uint32_t random = first_random(BURST_SEED, 0);
  size_t count = 0;
  for (size_t sum = 0; sum < burst_bytes;) {
    random = next_random(random);
    size_t bytes = BURST_MIN + below(random, BURST_MAX - BURST_MIN + 1);
    volatile char *block = burst_subject->calls.allocate(bytes);
    for (size_t at = 0; at < bytes; at += PAGE) {
      block[at] = 1;
    }
    block[bytes - 1] = 1;
    burst_blocks[count++] = (void *)block;
    sum += bytes;
  }
  return count;
}

static void free_in_random_order(size_t count) {
  uint32_t random = first_random(BURST_SEED, 1);
  for (size_t left = count; left > 0; left--) {
    random = next_random(random);
    size_t chosen = below(random, (uint32_t)left);
    burst_subject->calls.free(burst_blocks[chosen]);
    burst_blocks[chosen] = burst_blocks[left - 1];
  }
}

static struct tally burst(int thread) {
  if (thread != 0) {
    return (struct tally){0, 0};
  }
  size_t count = allocate_burst();
  burst_result.peak = resident_bytes();
  free_in_random_order(count);
  if (burst_subject->trim != NULL) {
    burst_subject->trim();
  }
  burst_result.retained = resident_bytes();
  return (struct tally){count, count};
}

struct burst run_burst(const struct subject *subject) {
  struct tally sum;
  burst_subject = subject;
  run_round(burst, &sum);
  return burst_result;
}
