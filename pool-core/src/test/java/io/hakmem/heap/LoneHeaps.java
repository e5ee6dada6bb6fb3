package io.hakmem.heap;

import org.jspecify.annotations.Nullable;

/** Makes heaps without an allocator around them: whatever is slow fails. */
public final class LoneHeaps {

  private static final LocalHeap.SlowPath NEVER =
      new LocalHeap.SlowPath() {
        @Override
        public long allocateSlow(LocalHeap heap, long bytes) {
          throw new UnsupportedOperationException("allocateSlow");
        }

        @Override
        public void collectSlow(LocalHeap heap) {
          throw new UnsupportedOperationException("collectSlow");
        }
      };

  private LoneHeaps() {}

  /** A heap of a thread, or of none. */
  public static LocalHeap of(@Nullable Thread thread) {
    return of(thread, new FreePath(address -> {}, true));
  }

  static LocalHeap of(@Nullable Thread thread, FreePath frees) {
    return new LocalHeap(
        thread, NEVER, (heap, address) -> Page.NONE, frees, 1, new Interval(() -> 0, 1));
  }
}
