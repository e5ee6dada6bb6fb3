package io.hakmem.bench.reliability;

import io.hakmem.HakAllocator;

/** Allocates from several threads until it is killed. */
final class KilledProgram {

  static final String LOADED = "under load";

  private KilledProgram() {}

  /** Never returns. */
  public static void main(String[] arguments) {
    HakAllocator allocator = HakAllocator.create();
    for (int i = 0; i < 4; i++) {
      int seed = i;
      new Thread(() -> load(allocator, seed)).start();
    }
    System.out.println(LOADED);
  }

  private static void load(HakAllocator allocator, int seed) {
    long[] blocks = new long[500];
    for (int i = seed; ; i++) {
      int slot = Math.floorMod(i * 31, blocks.length);
      if (blocks[slot] != 0) {
        allocator.free(blocks[slot]);
      }
      blocks[slot] = allocator.allocate(16L + Math.floorMod(i * 7919L, 100_000));
      if (i % 10_000 == 0) {
        allocator.trim();
      }
    }
  }
}
