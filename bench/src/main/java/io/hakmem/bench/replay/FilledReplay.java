package io.hakmem.bench.replay;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.result.MemorySample;
import io.hakmem.bench.result.MemorySeries;
import io.hakmem.bench.trace.Events.Kind;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Memory;

/**
 * A replay that fills every block, checks it before the free and watches the memory. Threads may
 * share it if the events of each slot follow each other.
 */
final class FilledReplay {

  private static final int NO_EVENT = 0;

  /** To look at what is resident takes milliseconds, so a long trace is looked at seldom. */
  private static final int MOST_EVENTS_PER_SAMPLE = 4096;

  private static final int LEAST_SAMPLES = 24;
  private static final int MOST_SAMPLES = 400;

  private final Subject subject;
  private final boolean verify;
  private final long[] addresses;
  private final int[] sizes;
  private final int[] allocatedBy;
  private final Census.Counter usable = new Census.Counter();
  private final ResidentBlocks resident;
  private final MemorySeries series = new MemorySeries(MOST_SAMPLES);
  private final long startNs = System.nanoTime();
  private long askedBytes;
  private long peakCommittedBytes = -1;
  private long peakResidentBytes;
  private long verifiedBlocks;

  FilledReplay(Subject subject, int slots, boolean verify, ResidentBlocks resident) {
    this.subject = subject;
    this.verify = verify;
    this.resident = resident;
    addresses = new long[slots];
    sizes = new int[slots];
    allocatedBy = new int[slots];
  }

  /** After how many events of a trace of so many the memory is looked at. */
  static int eventsPerSample(long events) {
    return Math.clamp(events / LEAST_SAMPLES, 1, MOST_EVENTS_PER_SAMPLE);
  }

  void allocate(int event, int slot, int bytes, Kind kind, long alignment) {
    Blocks own = subject.blocks();
    long address;
    if (kind == Kind.ALLOCATE_CLEARED) {
      address = alignment == 0 ? own.allocateZeroed(bytes) : own.allocateZeroed(bytes, alignment);
      requireZeros(event, address, slot, bytes);
    } else {
      address = alignment == 0 ? own.allocate(bytes) : own.allocate(bytes, alignment);
    }
    fill(event, address, slot, bytes);
  }

  /** Reallocates the slot's block, whose contents must come along. */
  void resize(int event, int slot, int bytes) {
    if (verify) {
      check(event, addresses[slot], slot, sizes[slot]);
    }
    count(-subject.usableSize(addresses[slot]), -sizes[slot]);
    long address = subject.blocks().reallocate(addresses[slot], bytes);
    if (verify) {
      check(event, address, slot, Math.min(sizes[slot], bytes));
    }
    fill(event, address, slot, bytes);
  }

  private void fill(int event, long address, int slot, int bytes) {
    // The pattern is of the event, not of the slot, so that no two blocks share one.
    Memory.fill(address, bytes, event);
    addresses[slot] = address;
    sizes[slot] = bytes;
    allocatedBy[slot] = event;
    count(subject.usableSize(address), bytes);
  }

  private void requireZeros(int event, long address, int slot, int bytes) {
    long wrong = verify ? Memory.firstNotZero(address, bytes) : -1;
    if (wrong >= 0) {
      throw new IllegalStateException(
          "slot %d, allocated by event %d to be cleared: byte %d of %d at 0x%x is not 0"
              .formatted(slot, event, wrong, bytes, address));
    }
  }

  private synchronized void count(long bytes, int asked) {
    askedBytes += asked;
    if (bytes > 0) {
      usable.allocated(bytes);
    } else {
      usable.freed(-bytes);
    }
  }

  /** Frees the slot's block; {@code event} is 0 when it is none of the trace. */
  void free(int event, int slot) {
    long address = addresses[slot];
    if (verify) {
      check(event, address, slot, sizes[slot]);
      verified();
    }
    count(-subject.usableSize(address), -sizes[slot]);
    subject.blocks().free(address);
    addresses[slot] = 0;
  }

  private synchronized void verified() {
    verifiedBlocks++;
  }

  private void check(int event, long address, int slot, int bytes) {
    long wrong = Memory.firstWrong(address, bytes, allocatedBy[slot]);
    if (wrong >= 0) {
      throw new IllegalStateException(
          "slot %d, allocated by event %d and freed by %s: byte %d of %d at 0x%x was overwritten"
              .formatted(
                  slot,
                  allocatedBy[slot],
                  event == NO_EVENT ? "the end of the trace" : "event " + event,
                  wrong,
                  sizes[slot],
                  address));
    }
  }

  /** Looks at the memory after so many events. */
  synchronized void sample(long events) {
    long committed = subject.committedBytes();
    long held = resident.bytes(addresses, sizes);
    peakCommittedBytes = Math.max(peakCommittedBytes, committed);
    peakResidentBytes = Math.max(peakResidentBytes, held);
    series.add(
        new MemorySample(
            events,
            (System.nanoTime() - startNs) / 1e9,
            held,
            committed < 0 ? null : (Long) committed,
            askedBytes));
  }

  /** Frees what lives after so many events. */
  Footprint finish(long events) {
    sample(events);
    for (int slot = 0; slot < addresses.length; slot++) {
      if (addresses[slot] != 0) {
        free(NO_EVENT, slot);
      }
    }
    return new Footprint(
        peakCommittedBytes,
        peakResidentBytes,
        usable.result().peakLiveBytes(),
        series.samples(),
        verifiedBlocks);
  }
}
