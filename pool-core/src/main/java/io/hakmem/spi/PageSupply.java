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

  /**
   * Takes a run back. It makes no object and throws nothing else than what is said here, if there
   * is room on the stack: whoever gives a run back asks for that by {@link
   * io.hakmem.heap.StackRoom#require} before it forgets the run.
   *
   * @throws IllegalArgumentException if it is no run that was handed out; nothing changes then
   */
  void release(long base, long bytes);

  /**
   * A run of pages.
   *
   * @param base address of the first byte
   * @param memory the bytes of the run
   */
  record Run(long base, java.lang.foreign.MemorySegment memory) {}
}
