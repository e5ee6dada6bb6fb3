package io.hakmem.bench.trace;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Memory;

/** A replay that fills every block, checks it before the free and watches the memory. */
final class FilledReplay {

  private static final int NO_EVENT = 0;

  private final Subject subject;
  private final Blocks blocks;
  private final boolean verify;
  private final long[] addresses;
  private final int[] sizes;
  private final int[] allocatedBy;
  private final Census.Counter usable = new Census.Counter();
  private final ResidentBlocks resident;
  private long peakCommittedBytes = -1;
  private long peakResidentBytes;
  private long verifiedBlocks;

  FilledReplay(Subject subject, int slots, boolean verify, ResidentBlocks resident) {
    this.subject = subject;
    this.verify = verify;
    this.resident = resident;
    blocks = subject.blocks();
    addresses = new long[slots];
    sizes = new int[slots];
    allocatedBy = new int[slots];
  }

  void allocate(int event, int slot, int bytes) {
    long address = blocks.allocate(bytes);
    // The pattern is of the event, not of the slot, so that no two blocks share one.
    Memory.fill(address, bytes, event);
    addresses[slot] = address;
    sizes[slot] = bytes;
    allocatedBy[slot] = event;
    usable.allocated(subject.usableSize(address));
  }

  /** Frees the slot's block; {@code event} is 0 when it is none of the trace. */
  void free(int event, int slot) {
    long address = addresses[slot];
    if (verify) {
      check(event, address, slot);
    }
    usable.freed(subject.usableSize(address));
    blocks.free(address);
    addresses[slot] = 0;
  }

  private void check(int event, long address, int slot) {
    long wrong = Memory.firstWrong(address, sizes[slot], allocatedBy[slot]);
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
    verifiedBlocks++;
  }

  void sample() {
    peakCommittedBytes = Math.max(peakCommittedBytes, subject.committedBytes());
    peakResidentBytes = Math.max(peakResidentBytes, resident.bytes(addresses, sizes));
  }

  Footprint finish() {
    sample();
    for (int slot = 0; slot < addresses.length; slot++) {
      if (addresses[slot] != 0) {
        free(NO_EVENT, slot);
      }
    }
    return new Footprint(
        peakCommittedBytes, peakResidentBytes, usable.result().peakLiveBytes(), verifiedBlocks);
  }
}
