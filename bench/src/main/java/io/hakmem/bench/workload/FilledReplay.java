package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;

/** A replay that fills every block, checks it before the free and watches the memory. */
final class FilledReplay {

  private final Subject subject;
  private final Blocks blocks;
  private final boolean verify;
  private final long startRssBytes;
  private final long[] addresses;
  private final int[] sizes;
  private final Census.Counter usable = new Census.Counter();
  private long peakCommittedBytes = -1;
  private long peakRssBytes;

  FilledReplay(Subject subject, int slots, boolean verify, long startRssBytes) {
    this.subject = subject;
    this.verify = verify;
    this.startRssBytes = startRssBytes;
    blocks = subject.blocks();
    addresses = new long[slots];
    sizes = new int[slots];
  }

  void allocate(int slot, int bytes) {
    long address = blocks.allocate(bytes);
    Memory.fill(address, bytes, slot);
    addresses[slot] = address;
    sizes[slot] = bytes;
    usable.allocated(subject.usableSize(address));
  }

  void free(int slot) {
    long address = addresses[slot];
    if (verify) {
      check(address, slot);
    }
    usable.freed(subject.usableSize(address));
    blocks.free(address);
    addresses[slot] = 0;
  }

  private void check(long address, int slot) {
    long wrong = Memory.firstWrong(address, sizes[slot], slot);
    if (wrong >= 0) {
      throw new IllegalStateException(
          "slot %d: byte %d of %d at address 0x%x was overwritten"
              .formatted(slot, wrong, sizes[slot], address));
    }
  }

  void sample() {
    peakCommittedBytes = Math.max(peakCommittedBytes, subject.committedBytes());
    peakRssBytes = Math.max(peakRssBytes, ProcessMemory.residentBytes() - startRssBytes);
  }

  Footprint finish() {
    sample();
    for (int slot = 0; slot < addresses.length; slot++) {
      if (addresses[slot] != 0) {
        free(slot);
      }
    }
    return new Footprint(peakCommittedBytes, peakRssBytes, usable.result().peakLiveBytes());
  }
}
