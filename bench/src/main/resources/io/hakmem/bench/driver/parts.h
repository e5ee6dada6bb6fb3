/* What the parts of the driver know of each other; kernels need driver.h alone. */
#ifndef HAKMEM_PARTS_H
#define HAKMEM_PARTS_H

#include <stdbool.h>

#include "driver.h"

#define MAX_PARAMETERS 32
#define MAX_THREADS 1024

struct parameter {
  const char *name;
  int64_t value;
};

struct load {
  const struct kernel *kernel;
  int threads;
  int64_t ops;
  size_t max_bytes;
  struct parameter parameters[MAX_PARAMETERS];
  int parameter_count;
  const char *file;
  void *state;
};

/* kernels.c */
const struct kernel *kernel_of(const char *name);

/* allocators.c: what is measured. */
struct subject {
  struct allocator calls;
  /* Called by each thread before its first allocation; may be NULL. */
  void (*enter)(void);
  /* Gives unused memory back to the system, as far as the calling thread may; NULL if nothing does. */
  void (*trim)(void);
  char version[64];
};

/* Binds an allocator by its name, out of a library or, with NULL, out of the C library. */
void open_subject(struct subject *subject, const char *name, const char *library, size_t max_bytes);

/* rounds.c: threads that stay. */
typedef struct tally (*job)(int thread);
void start_threads(int threads, const struct subject *subject);
/* Runs the job on all threads at the same moment; returns the time in ns and the sum of calls. */
uint64_t run_round(job job, struct tally *sum);
void stop_threads(void);
uint64_t now_ns(void);

/* latency.c: the calls with each allocation timed. */
struct allocator timed(const struct allocator *inner);
void forget_times(void);
/* The time that so many of a thousand allocations do not exceed; 1000 for the longest. */
uint64_t time_of(uint64_t thousandths);

/* memory.c: the calls with each block filled, and what the kernel says of this process. */
struct allocator filled(const struct allocator *inner);
uint64_t resident_bytes(void);
uint64_t status_bytes(const char *key);
/* Makes the peak of the process what is resident now, where the system lets it. */
void reset_peak(void);
struct burst {
  uint64_t peak;
  uint64_t retained;
};
void prepare_burst(size_t bytes);
struct burst run_burst(const struct subject *subject);

#endif
