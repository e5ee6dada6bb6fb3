package io.hakmem.bench.measure;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Random32;
import io.hakmem.bench.workload.Slots;

/**
 * Allocates many blocks of random size, frees them in random order, and trims; as memory.c of the
 * native driver does. Its table is made with it, so that it is there before the memory is looked
 * at.
 */
final class Burst {

  private static final int MIN_BYTES = 16;
  private static final int MAX_BYTES = 4096;

  private static final int SEED = 1;

  private final long[] addresses;
  private long peakBytes;
  private long retainedBytes;

  Burst(int bytes) {
    int random = Random32.first(SEED, 0);
    int count = 0;
    for (long sum = 0; sum < bytes; count++) {
      random = Random32.next(random);
      sum += size(random);
    }
    addresses = new long[count];
  }

  private static int size(int random) {
    return MIN_BYTES + Random32.below(random, MAX_BYTES - MIN_BYTES + 1);
  }

  void run(Subject subject) {
    Blocks blocks = subject.blocks();
    int random = Random32.first(SEED, 0);
    for (int i = 0; i < addresses.length; i++) {
      random = Random32.next(random);
      addresses[i] = blocks.allocate(size(random));
      // No block is larger than a page, so that its ends are in all pages it lies in.
      Memory.touch(addresses[i], size(random));
    }
    peakBytes = Held.bytes();
    Slots.freeInRandomOrder(blocks, addresses, Random32.first(SEED, 1));
    subject.trim();
    retainedBytes = Held.bytes();
  }

  /** What was held before the first free. */
  long peakBytes() {
    return peakBytes;
  }

  /** What is held after the trim. */
  long retainedBytes() {
    return retainedBytes;
  }
}
