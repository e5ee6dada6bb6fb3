/*
 * Measures one native allocator under one load, as Rounds.java measures one on the JVM, and prints
 * one JSON object with the fields of Report.java.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "parts.h"

/* As many as the two of these that a budget leaves at least, see Plan.java. */
#define LEAST_WARM_UP 1
#define LEAST_RUNS 3

enum measure { SPEED, LATENCY, MEMORY };

static struct load load;
static struct subject subject;
/* The calls of the loops: the subject's, or those that time or fill around them. */
static struct allocator calls;
static struct tally expected;

static const char *subject_name = "malloc";
static const char *library;
static enum measure measure = SPEED;
static int warm_up_rounds;
static int run_rounds = LEAST_RUNS;
static uint64_t budget_ns;
static size_t burst_size;
static bool in_turns;

static uint64_t cold_ns;
static uint64_t *steady_ns;
static int steady_count;
static int rounds_made;
static uint64_t cold_faults;
static uint64_t steady_faults;
static uint64_t baseline;
static uint64_t peak;
static struct burst burst;

void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("driver: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

int64_t load_parameter(const struct load *of, const char *name) {
  for (int i = 0; i < of->parameter_count; i++) {
    if (strcmp(of->parameters[i].name, name) == 0) {
      return of->parameters[i].value;
    }
  }
  if (strcmp(name, "ops") == 0) {
    return of->ops;
  }
  fail("the load %s has no parameter %s", of->kernel->name, name);
}

int load_threads(const struct load *of) { return of->threads; }

const char *load_file(const struct load *of) {
  if (of->file == NULL) {
    fail("the load %s needs --file", of->kernel->name);
  }
  return of->file;
}

void **load_state(struct load *of) { return &of->state; }

static int64_t number(const char *option, const char *text, int64_t min, int64_t max) {
  char *end;
  errno = 0;
  int64_t value = strtoll(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || value < min || value > max) {
    fail("%s=%s must be in [%" PRId64 ", %" PRId64 "]", option, text, min, max);
  }
  return value;
}

static void add_parameter(char *text) {
  char *equals = strchr(text, '=');
  if (equals == NULL || load.parameter_count == MAX_PARAMETERS) {
    fail("--parameter=%s must be NAME=NUMBER, at most %d of them", text, MAX_PARAMETERS);
  }
  *equals = '\0';
  load.parameters[load.parameter_count++] =
      (struct parameter){text, number(text, equals + 1, INT64_MIN, INT64_MAX)};
}

/*
 * The kernel kills the driver when the thread that started it ends, however it went: a driver that
 * measures does not look at its input. One whose parent was gone before that is not told.
 */
static void follow(pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) {
    fail("the process %d that started it is gone", (int)parent);
  }
}

static enum measure measure_of(const char *name) {
  static const char *const names[] = {"speed", "latency", "memory"};
  for (int i = 0; i < 3; i++) {
    if (strcmp(names[i], name) == 0) {
      return (enum measure)i;
    }
  }
  fail("--measure=%s is not one of speed, latency, memory", name);
}

static const struct option options[] = {
    {"workload", required_argument, NULL, 'w'}, {"threads", required_argument, NULL, 't'},
    {"ops", required_argument, NULL, 'o'},      {"max-bytes", required_argument, NULL, 'x'},
    {"parameter", required_argument, NULL, 'p'}, {"file", required_argument, NULL, 'f'},
    {"subject", required_argument, NULL, 's'},  {"library", required_argument, NULL, 'l'},
    {"measure", required_argument, NULL, 'm'},  {"warmup", required_argument, NULL, 'u'},
    {"runs", required_argument, NULL, 'r'},     {"budget-ms", required_argument, NULL, 'b'},
    {"burst", required_argument, NULL, 'B'},    {"turns", no_argument, NULL, 'T'},
    {"parent", required_argument, NULL, 'P'},
    {NULL, 0, NULL, 0},
};

static void accept(int option, char *text) {
  switch (option) {
    case 'w': load.kernel = kernel_of(text); break;
    case 't': load.threads = (int)number("--threads", text, 1, MAX_THREADS); break;
    case 'o': load.ops = number("--ops", text, 1, INT64_MAX); break;
    case 'x': load.max_bytes = (size_t)number("--max-bytes", text, 1, INT64_MAX); break;
    case 'p': add_parameter(text); break;
    case 'f': load.file = text; break;
    case 's': subject_name = text; break;
    case 'l': library = text; break;
    case 'm': measure = measure_of(text); break;
    case 'u': warm_up_rounds = (int)number("--warmup", text, 0, INT32_MAX); break;
    case 'r': run_rounds = (int)number("--runs", text, 1, INT32_MAX); break;
    case 'b': budget_ns = (uint64_t)number("--budget-ms", text, 1, INT32_MAX) * 1000000u; break;
    case 'B': burst_size = (size_t)number("--burst", text, 1, INT32_MAX); break;
    case 'T': in_turns = true; break;
    case 'P': follow((pid_t)number("--parent", text, 1, INT32_MAX)); break;
    default: exit(2);
  }
}

static uint64_t faults(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (uint64_t)usage.ru_minflt;
}

static struct tally part(int thread) { return load.kernel->run(&load, &calls, thread); }

static uint64_t make_round(void) {
  struct tally sum;
  uint64_t took = run_round(part, &sum);
  if (rounds_made++ == 0) {
    expected = sum;
  }
  if (sum.allocs != expected.allocs || sum.frees != expected.frees || sum.allocs != sum.frees) {
    fail("a round made %" PRIu64 " allocations and %" PRIu64 " frees, the first %" PRIu64
         " and %" PRIu64,
         sum.allocs, sum.frees, expected.allocs, expected.frees);
  }
  return took;
}

static void open_calls(void) {
  open_subject(&subject, subject_name, library, load.max_bytes);
  calls = measure == LATENCY ? timed(&subject.calls)
          : measure == MEMORY ? filled(&subject.calls)
                              : subject.calls;
}

/* What an allocator sets up once is no part of what it holds for the load. */
static void take_baseline(void) {
  prepare_burst(burst_size > 0 ? burst_size : 1);
  if (subject.enter != NULL) {
    subject.enter();
  }
  subject.calls.free(subject.calls.allocate(1));
  reset_peak();
  baseline = resident_bytes();
}

static void run_all(void) {
  steady_ns = own_memory(sizeof *steady_ns * (size_t)run_rounds);
  if (load.kernel->open != NULL) {
    load.kernel->open(&load);
  }
  uint64_t opened_faults = faults();
  uint64_t opened = now_ns();
  open_calls();
  if (measure == MEMORY) {
    take_baseline();
  }
  start_threads(load.threads, &subject);
  make_round();
  cold_ns = now_ns() - opened;
  cold_faults = faults() - opened_faults;
  uint64_t end = now_ns() + budget_ns;
  for (int i = 0; i < warm_up_rounds && (i < LEAST_WARM_UP || now_ns() < end); i++) {
    make_round();
  }
  forget_times();
  uint64_t warm_faults = faults();
  end = now_ns() + budget_ns;
  for (int i = 0; i < run_rounds && (i < LEAST_RUNS || now_ns() < end); i++) {
    steady_ns[steady_count++] = make_round();
  }
  steady_faults = faults() - warm_faults;
  peak = status_bytes("VmHWM:");
  if (burst_size > 0) {
    burst = run_burst(&subject);
  }
  stop_threads();
}

/* What every line says: the calls of a round, and the rounds of a turn. */
static void print_turn(uint64_t rounds, uint64_t ns) {
  printf("{\"version\":\"%s\",\"rounds\":%" PRIu64 ",\"ns\":%" PRIu64, subject.version, rounds, ns);
  printf(",\"allocs\":%" PRIu64 ",\"frees\":%" PRIu64 "}\n", expected.allocs, expected.frees);
  fflush(stdout);
}

static void make_turn(uint64_t turn_ns) {
  uint64_t end = now_ns() + turn_ns;
  uint64_t rounds = 0;
  uint64_t ns = 0;
  do {
    ns += make_round();
    rounds++;
  } while (now_ns() < end);
  print_turn(rounds, ns);
}

/*
 * Sleeps until a line says how many ns a turn is to take, and answers each with a line of JSON. The
 * first line is there before: its round is the cold one. The end of the input is the end.
 */
static void run_turns(void) {
  char line[32];
  if (load.kernel->open != NULL) {
    load.kernel->open(&load);
  }
  open_calls();
  start_threads(load.threads, &subject);
  make_turn(0);
  while (fgets(line, sizeof line, stdin) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    make_turn((uint64_t)number("a turn", line, 0, INT64_MAX));
  }
  stop_threads();
}

static double mops(uint64_t ns) { return (double)load.ops * 1e3 / (double)(ns == 0 ? 1 : ns); }

static int by_size(const void *a, const void *b) {
  uint64_t left = *(const uint64_t *)a;
  uint64_t right = *(const uint64_t *)b;
  return (left > right) - (left < right);
}

static void print_times(void) {
  printf(",\"cold_mops\":%.6f", mops(cold_ns));
  printf(",\"runs_mops\":[");
  for (int i = 0; i < steady_count; i++) {
    printf("%s%.6f", i == 0 ? "" : ",", mops(steady_ns[i]));
  }
  qsort(steady_ns, (size_t)steady_count, sizeof *steady_ns, by_size);
  uint64_t median = steady_ns[steady_count / 2];
  printf("],\"steady_mops\":%.6f", mops(median));
  printf(",\"steady_ns_per_op\":%.6f", (double)median / (double)load.ops);
  printf(",\"rounds\":%d", rounds_made);
  printf(",\"allocs\":%" PRIu64 ",\"frees\":%" PRIu64, expected.allocs, expected.frees);
}

static uint64_t growth(uint64_t bytes) { return bytes > baseline ? bytes - baseline : 0; }

static void print_memory(void) {
  printf(",\"process_resident_bytes\":%" PRIu64, resident_bytes());
  printf(",\"process_peak_resident_bytes\":%" PRIu64, status_bytes("VmHWM:"));
  printf(",\"page_faults_cold\":%" PRIu64, cold_faults);
  printf(",\"page_faults_steady\":%" PRIu64, steady_faults);
  if (measure == LATENCY) {
    printf(",\"allocate_p999_ns\":%" PRIu64, time_of(999));
    printf(",\"allocate_max_ns\":%" PRIu64, time_of(1000));
  }
  if (measure == MEMORY) {
    printf(",\"peak_rss_growth_bytes\":%" PRIu64, growth(peak));
  }
  if (burst_size > 0) {
    printf(",\"burst_peak_bytes\":%" PRIu64, growth(burst.peak));
    printf(",\"burst_retained_bytes\":%" PRIu64, growth(burst.retained));
  }
}

static void print_all(void) {
  printf("{\"workload\":\"%s\",\"subject\":\"%s\"", load.kernel->name, subject_name);
  printf(",\"profile\":\"default\",\"composition\":\"%s%s%s, native\"", subject_name,
         subject.version[0] == '\0' ? "" : " ", subject.version);
  printf(",\"version\":\"%s\"", subject.version);
  printf(",\"threads\":%d,\"ops\":%" PRId64, load.threads, load.ops);
  for (int i = 0; i < load.parameter_count; i++) {
    printf(",\"%s\":%" PRId64, load.parameters[i].name, load.parameters[i].value);
  }
  print_times();
  print_memory();
  printf("}\n");
}

int main(int count, char **arguments) {
  load.threads = 1;
  load.max_bytes = 1;
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
    accept(option, optarg);
  }
  if (optind != count || load.kernel == NULL || load.ops == 0) {
    fail("--workload and --ops must be given, and options only");
  }
  if (in_turns) {
    run_turns();
    return 0;
  }
  run_all();
  print_all();
  return 0;
}
