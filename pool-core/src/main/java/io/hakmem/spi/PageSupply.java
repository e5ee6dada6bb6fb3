package io.hakmem.spi;

import io.hakmem.heap.PageKey;

/** Hands out runs of committed pages and takes them back. Any thread may call any method. */
public interface PageSupply {

  /**
   * A committed run that starts at a page boundary.
   *
   * @param bytes a multiple of {@link PageKey#PAGE_BYTES}
   * @throws io.hakmem.OutOfNativeMemoryException when the limit or the system refuses
   */
  Run acquire(long bytes);

  /** Takes a run back. */
  void release(long base, long bytes);

  /**
   * A run of pages.
   *
   * @param base address of the first byte
   * @param memory the bytes of the run
   */
  record Run(long base, java.lang.foreign.MemorySegment memory) {}
}
