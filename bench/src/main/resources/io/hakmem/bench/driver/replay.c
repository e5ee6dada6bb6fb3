/* The loop of Trace.java over the events that it made, in the byte order of this machine. */
#include <stdio.h>

#include "driver.h"

#define END INT64_C(-1)

struct replay {
  int64_t *events;
  void **blocks;
  uint32_t slots;
  uint64_t allocs;
  uint64_t frees;
};

static uint64_t bytes_of(int64_t event) { return (uint64_t)event >> 32; }

static uint32_t slot_of(int64_t event) { return (uint32_t)event; }

static int64_t *read_events(const struct load *load) {
  size_t count = (size_t)load_parameter(load, "ops") + 1;
  int64_t *events = own_memory(count * sizeof *events);
  FILE *file = fopen(load_file(load), "rb");
  if (file == NULL || fread(events, sizeof *events, count, file) != count) {
    fail("%s: cannot read %zu events", load_file(load), count);
  }
  fclose(file);
  if (events[count - 1] != END) {
    fail("%s: does not end with its last event", load_file(load));
  }
  return events;
}

static void open_trace(struct load *load) {
  struct replay *replay = own_memory(sizeof *replay);
  replay->events = read_events(load);
  replay->slots = (uint32_t)load_parameter(load, "slots");
  replay->blocks = own_memory(sizeof(void *) * replay->slots);
  for (const int64_t *event = replay->events; *event != END; event++) {
    if (slot_of(*event) >= replay->slots) {
      fail("%s: an event outside of the slots", load_file(load));
    }
    if (bytes_of(*event) == 0) {
      replay->frees++;
    } else {
      replay->allocs++;
    }
  }
  *load_state(load) = replay;
}

static struct tally run(struct load *load, const struct allocator *allocator, int thread) {
  (void)thread;
  const struct allocator calls = *allocator;
  const struct replay *replay = *load_state(load);
  void **blocks = replay->blocks;
  for (const int64_t *event = replay->events; *event != END; event++) {
    uint32_t slot = slot_of(*event);
    uint64_t bytes = bytes_of(*event);
    if (bytes == 0) {
      calls.free(blocks[slot]);
      blocks[slot] = NULL;
    } else {
      void *block = calls.allocate(bytes);
      touch(block, bytes);
      blocks[slot] = block;
    }
  }
  return (struct tally){replay->allocs, replay->frees + drain_slots(allocator, blocks, replay->slots)};
}

const struct kernel replay_kernel = {"replay", open_trace, run};
