package io.hakmem.spi;

import io.hakmem.heap.PageKey;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Hands out runs of committed pages and takes them back. Any thread may call any method. */
public interface PageSupply {

  /**
   * A committed run that starts at a page boundary.
   *
   * @param bytes a multiple of {@link PageKey#PAGE_BYTES}; or of {@link PageKey#KEY_BYTES}, and
   *     less than a page, where {@link #ampleBytes} is less than a page
   * @throws io.hakmem.OutOfNativeMemoryException when the limit or the system refuses
   */
  Run acquire(long bytes);

  /**
   * A committed run that starts at a multiple of an alignment.
   *
   * @param bytes a multiple of {@link PageKey#PAGE_BYTES}
   * @param alignment a power of two
   * @throws io.hakmem.OutOfNativeMemoryException when the limit or the system refuses
   */
  default Run acquireAligned(long bytes, long alignment) {
    long slack = Math.max(0, alignment - PageKey.PAGE_BYTES);
    Run run = acquire(bytes + slack);
    long base = (run.base() + alignment - 1) & -alignment;
    long head = base - run.base();
    Run aligned;
    try {
      aligned = new Run(base, run.memory().asSlice(head, bytes), run.isZero());
    } catch (Throwable refused) {
      release(run.base(), bytes + slack);
      throw refused;
    }
    if (head > 0) {
      release(run.base(), head);
    }
    if (slack > head) {
      release(base + bytes, slack - head);
    }
    return aligned;
  }

  /**
   * The longest run that may be asked for in bytes, where a shorter one would do too, but be used
   * up earlier. It becomes less as a limit comes nearer.
   */
  default long ampleBytes() {
    return Long.MAX_VALUE;
  }

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
   * Gives the memory of a part of a run back, which stays with the caller; its contents are lost.
   * Only a wish. Both are multiples of {@link PageSource#DISCARD_BYTES}.
   */
  default void discard(long address, long bytes) {}

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
