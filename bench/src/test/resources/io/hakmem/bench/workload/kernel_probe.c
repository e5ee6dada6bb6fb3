/*
 * Runs two rounds of one kernel, KERNEL, over malloc and prints of each thread and round what it
 * called: allocations, frees, reallocations, and hashes of the sizes it asked for and of those it
 * freed. Arguments: the threads, then ops and the parameters as NAME=NUMBER. RecordingSubject.java
 * does the same for the Java loop.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

#define MAX_THREADS 16
#define ROUNDS 2
#define PRIME UINT64_C(0x100000001b3)
#define HEADER 16

struct load {
  int threads;
  char **parameters;
  int parameter_count;
  void *state;
};

struct record {
  uint64_t allocs;
  uint64_t frees;
  uint64_t reallocs;
  uint64_t asked;
  uint64_t freed;
  struct tally tally;
};

extern const struct kernel KERNEL;

static struct load load;
static struct record records[MAX_THREADS];
/* Of the part of a load that the calling thread runs. */
static __thread struct record *own;

static uint64_t hashed(uint64_t hash, uint64_t value) { return (hash ^ value) * PRIME; }

void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  exit(1);
}

int64_t load_parameter(const struct load *of, const char *name) {
  size_t length = strlen(name);
  for (int i = 0; i < of->parameter_count; i++) {
    if (strncmp(of->parameters[i], name, length) == 0 && of->parameters[i][length] == '=') {
      return atoll(of->parameters[i] + length + 1);
    }
  }
  fail("no parameter %s\n", name);
}

int load_threads(const struct load *of) { return of->threads; }

const char *load_file(const struct load *of) {
  (void)of;
  fail("no file\n");
}

void **load_state(struct load *of) { return &of->state; }

void *own_memory(size_t bytes) { return calloc(1, bytes); }

struct fresh {
  void (*part)(void *argument);
  void *argument;
  struct record *record;
};

static void *run_fresh(void *argument) {
  struct fresh *fresh = argument;
  own = fresh->record;
  fresh->part(fresh->argument);
  return NULL;
}

void run_on_fresh_thread(void (*part)(void *argument), void *argument) {
  struct fresh fresh = {part, argument, own};
  pthread_t thread;
  if (pthread_create(&thread, NULL, run_fresh, &fresh) != 0) {
    fail("no thread\n");
  }
  pthread_join(thread, NULL);
}

static void *with_size(char *memory, size_t bytes) {
  memcpy(memory, &bytes, sizeof bytes);
  return memory + HEADER;
}

static size_t size_of(const void *block) {
  size_t bytes;
  memcpy(&bytes, (const char *)block - HEADER, sizeof bytes);
  return bytes;
}

static void *counted_allocate(size_t bytes) {
  own->allocs++;
  own->asked = hashed(own->asked, bytes);
  return with_size(malloc(HEADER + bytes), bytes);
}

static void counted_free(void *block) {
  own->frees++;
  own->freed = hashed(own->freed, size_of(block));
  free((char *)block - HEADER);
}

static void *counted_reallocate(void *block, size_t bytes) {
  own->reallocs++;
  own->asked = hashed(own->asked, bytes);
  return with_size(realloc((char *)block - HEADER, HEADER + bytes), bytes);
}

static const struct allocator counting = {counted_allocate, counted_free, counted_reallocate};

static void *run_part(void *argument) {
  own = argument;
  own->tally = KERNEL.run(&load, &counting, (int)(own - records));
  return NULL;
}

static void run_round(void) {
  pthread_t threads[MAX_THREADS];
  memset(records, 0, sizeof records);
  for (int i = 0; i < load.threads; i++) {
    pthread_create(&threads[i], NULL, run_part, &records[i]);
  }
  for (int i = 0; i < load.threads; i++) {
    pthread_join(threads[i], NULL);
    const struct record *record = &records[i];
    if (record->tally.allocs != record->allocs || record->tally.frees != record->frees) {
      fail("thread %d miscounted itself\n", i);
    }
  }
  for (int i = 0; i < load.threads; i++) {
    const struct record *record = &records[i];
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 " %016" PRIx64 " %016" PRIx64 "\n", record->allocs,
           record->frees, record->reallocs, record->asked, record->freed);
  }
}

int main(int count, char **arguments) {
  load.threads = count > 1 ? atoi(arguments[1]) : 0;
  if (load.threads < 1 || load.threads > MAX_THREADS) {
    fail("the first argument is a number of threads up to %d\n", MAX_THREADS);
  }
  load.parameters = arguments + 2;
  load.parameter_count = count - 2;
  printf("%s\n", KERNEL.name);
  if (KERNEL.open != NULL) {
    KERNEL.open(&load);
  }
  for (int round = 0; round < ROUNDS; round++) {
    run_round();
  }
  return 0;
}
