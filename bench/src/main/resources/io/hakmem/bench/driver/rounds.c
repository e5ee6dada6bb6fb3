/* Rounds of jobs on threads that stay. */
#include <pthread.h>
#include <time.h>

#include "parts.h"

/* A line of cache each: threads write their tallies at the same time. */
struct worker {
  pthread_t thread;
  int number;
  struct tally calls;
} __attribute__((aligned(128)));

static struct worker workers[MAX_THREADS];
static int worker_count;
static pthread_barrier_t begin_barrier;
static pthread_barrier_t end_barrier;
static const struct subject *entered;
/* NULL ends the threads. Written before the begin barrier, read behind it. */
static job current;

uint64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void *work(void *argument) {
  struct worker *self = argument;
  if (entered->enter != NULL) {
    entered->enter();
  }
  for (;;) {
    pthread_barrier_wait(&begin_barrier);
    if (current == NULL) {
      return NULL;
    }
    self->calls = current(self->number);
    pthread_barrier_wait(&end_barrier);
  }
}

struct fresh {
  void (*part)(void *argument);
  void *argument;
};

static void *work_once(void *argument) {
  const struct fresh *fresh = argument;
  if (entered->enter != NULL) {
    entered->enter();
  }
  fresh->part(fresh->argument);
  return NULL;
}

void run_on_fresh_thread(void (*part)(void *argument), void *argument) {
  pthread_t thread;
  struct fresh fresh = {part, argument};
  if (pthread_create(&thread, NULL, work_once, &fresh) != 0) {
    fail("cannot start a thread");
  }
  pthread_join(thread, NULL);
}

void start_threads(int threads, const struct subject *subject) {
  entered = subject;
  worker_count = threads;
  pthread_barrier_init(&begin_barrier, NULL, (unsigned)threads + 1);
  pthread_barrier_init(&end_barrier, NULL, (unsigned)threads + 1);
  for (int i = 0; i < threads; i++) {
    workers[i].number = i;
    if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) {
      fail("cannot start thread %d of %d", i + 1, threads);
    }
  }
}

uint64_t run_round(job job, struct tally *sum) {
  uint64_t begin = now_ns();
  current = job;
  pthread_barrier_wait(&begin_barrier);
  pthread_barrier_wait(&end_barrier);
  uint64_t took = now_ns() - begin;
  *sum = (struct tally){0, 0};
  for (int i = 0; i < worker_count; i++) {
    sum->allocs += workers[i].calls.allocs;
    sum->frees += workers[i].calls.frees;
  }
  return took;
}

void stop_threads(void) {
  current = NULL;
  pthread_barrier_wait(&begin_barrier);
  for (int i = 0; i < worker_count; i++) {
    pthread_join(workers[i].thread, NULL);
  }
}
