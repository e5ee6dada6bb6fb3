/* Times each allocation into a histogram of the calling thread. */
#include <stdatomic.h>

#include "parts.h"

/* A bin is at most 1/128 of its values wide. */
#define FINE_BITS 7
#define FINE (1u << FINE_BITS)
#define BINS ((64 - FINE_BITS + 1) * FINE)

struct histogram {
  struct histogram *next;
  uint64_t longest;
  uint64_t counts[BINS];
};

static struct allocator measured;
static _Atomic(struct histogram *) histograms;
static __thread struct histogram *own;

static uint32_t bin_of(uint64_t ns) {
  if (ns < FINE) {
    return (uint32_t)ns;
  }
  uint32_t shift = 63 - (uint32_t)__builtin_clzll(ns) - FINE_BITS;
  return (shift + 1) * FINE + (uint32_t)((ns >> shift) - FINE);
}

/* The largest time of a bin. */
static uint64_t last_of(uint32_t bin) {
  if (bin < FINE) {
    return bin;
  }
  uint32_t shift = bin / FINE - 1;
  return ((uint64_t)(bin % FINE + FINE + 1) << shift) - 1;
}

/* Kernels may start threads of their own, so a thread comes to its histogram by its first call. */
static struct histogram *own_histogram(void) {
  if (own == NULL) {
    own = own_memory(sizeof *own);
    own->next = atomic_load(&histograms);
    while (!atomic_compare_exchange_weak(&histograms, &own->next, own)) {
    }
  }
  return own;
}

static void *timed_allocate(size_t bytes) {
  struct histogram *histogram = own_histogram();
  uint64_t begin = now_ns();
  void *block = measured.allocate(bytes);
  uint64_t took = now_ns() - begin;
  histogram->counts[bin_of(took)]++;
  if (took > histogram->longest) {
    histogram->longest = took;
  }
  return block;
}

struct allocator timed(const struct allocator *inner) {
  measured = *inner;
  return (struct allocator){timed_allocate, inner->free, inner->reallocate};
}

void forget_times(void) {
  for (struct histogram *h = atomic_load(&histograms); h != NULL; h = h->next) {
    h->longest = 0;
    for (uint32_t bin = 0; bin < BINS; bin++) {
      h->counts[bin] = 0;
    }
  }
}

static uint64_t longest(void) {
  uint64_t longest = 0;
  for (const struct histogram *h = atomic_load(&histograms); h != NULL; h = h->next) {
    longest = h->longest > longest ? h->longest : longest;
  }
  return longest;
}

static uint64_t count_of(uint32_t bin) {
  uint64_t count = 0;
  for (const struct histogram *h = atomic_load(&histograms); h != NULL; h = h->next) {
    count += h->counts[bin];
  }
  return count;
}

uint64_t time_of(uint64_t thousandths) {
  uint64_t all = 0;
  for (uint32_t bin = 0; bin < BINS; bin++) {
    all += count_of(bin);
  }
  uint64_t wanted = (all * thousandths + 999) / 1000;
  uint64_t seen = 0;
  for (uint32_t bin = 0; bin < BINS && thousandths < 1000; bin++) {
    seen += count_of(bin);
    if (seen >= wanted) {
      uint64_t most = longest();
      return last_of(bin) < most ? last_of(bin) : most;
    }
  }
  return longest();
}
