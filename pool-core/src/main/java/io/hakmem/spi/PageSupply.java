package io.hakmem.spi;

import io.hakmem.heap.PageKey;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

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
   * Makes a run longer in its place.
   *
   * @param bytes its length
   * @param toBytes its new length, a multiple of {@link PageKey#PAGE_BYTES} above the old one
   * @return the whole run, whose {@link Run#isZero} is about what is new; null where the memory
   *     behind it is not free, or is refused
   */
  default @Nullable Run extend(long base, long bytes, long toBytes) {
    return null;
  }

  /**
   * A run of pages.
   *
   * @param base address of the first byte
   * @param memory the bytes of the run
   * @param isZero whether all of it is known to be zero
   */
  record Run(long base, MemorySegment memory, boolean isZero) {

    /** A run whose contents are not known. */
    public Run(long base, MemorySegment memory) {
      this(base, memory, false);
    }
  }
}
