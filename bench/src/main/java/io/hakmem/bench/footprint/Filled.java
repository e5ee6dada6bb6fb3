package io.hakmem.bench.footprint;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.workload.Memory;
import java.util.stream.LongStream;

/** Blocks that were written whole. */
final class Filled {

  private final long[] addresses;

  private Filled(long[] addresses) {
    this.addresses = addresses;
  }

  static Filled none() {
    return new Filled(new long[0]);
  }

  static Filled of(Blocks blocks, int count, long bytes) {
    long[] addresses = new long[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = one(blocks, bytes);
    }
    return new Filled(addresses);
  }

  static Filled of(Blocks blocks, LongStream sizes) {
    return new Filled(sizes.map(bytes -> one(blocks, bytes)).toArray());
  }

  private static long one(Blocks blocks, long bytes) {
    long address = blocks.allocate(bytes);
    Memory.set(address, bytes);
    return address;
  }

  void free(Blocks blocks) {
    for (long address : addresses) {
      blocks.free(address);
    }
  }

  /** Frees all but the first, and each that follows at this distance. */
  void freeAllButOneOf(Blocks blocks, int distance) {
    for (int i = 0; i < addresses.length; i++) {
      if (i % distance != 0) {
        blocks.free(addresses[i]);
      }
    }
  }
}
