package io.hakmem.bench.reliability;

import io.hakmem.HakAllocator;

/** Allocates and frees more often than its recording has room for. */
final class FullDiskProgram {

  static final String DONE = "all blocks are free";

  private FullDiskProgram() {}

  /** The recording is asked for by a system property. */
  public static void main(String[] none) {
    try (HakAllocator allocator = HakAllocator.create()) {
      for (int i = 0; i < 1_000_000; i++) {
        allocator.free(allocator.allocate(1 + i % 5000));
      }
      if (allocator.stats().frees() == 1_000_000 && allocator.liveBytes() == 0) {
        System.out.println(DONE);
      }
    }
  }
}
