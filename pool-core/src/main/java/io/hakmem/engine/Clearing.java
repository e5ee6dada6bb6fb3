package io.hakmem.engine;

import io.hakmem.heap.HeapAccess;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.memory.NativeFill;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Fills blocks with zeros. Where native access is enabled, and the memory is the system's, that is
 * done by the C library, for blocks in pages of a thread's own heap: nothing but the close of the
 * allocator unmaps those while the thread is at it, and the close waits. Everything else goes
 * through segments, which the JVM checks.
 */
final class Clearing {

  /** Up to here a loop that the JIT compiles in place is faster than a call that fills. */
  private static final long FILLED_INLINE_BYTES = 2048;

  private static final int WORD_SHIFT = 3;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[8 << 10]);

  private final boolean isNative;

  /** Fills by the C library where that is possible, if the memory is the system's. */
  Clearing(boolean isNative) {
    this.isNative = isNative;
    if (isNative) {
      NativeFill.zero(0, 0); // Linked now, and not at the end of some stack.
    }
  }

  /** Whether {@link #clearOwn} may be called. */
  boolean isNative() {
    return isNative;
  }

  /**
   * Clears the first bytes of a block that a bin of the heap has just handed out to its thread.
   *
   * @return false if nothing was done, since the allocator is closed
   */
  static boolean clearOwn(LocalHeap heap, long address, long bytes) {
    HeapAccess access = heap.access();
    access.isWriting = true;
    try {
      if (heap.isClosed()) {
        return false;
      }
      NativeFill.zero(address, bytes);
      return true;
    } finally {
      access.isWriting = false;
    }
  }

  /** Clears a part of a live block of the page, as far as it goes. */
  static void clear(Page page, long address, long from, long to) {
    MemorySegment memory = page.memory();
    long offset = address - page.base() + from;
    long bytes = Math.min(to, page.blockBytes()) - from;
    if (bytes > FILLED_INLINE_BYTES) {
      copyZeros(memory, offset, bytes);
      return;
    }
    int words = (int) (bytes >> WORD_SHIFT);
    for (int i = 0; i < words; i++) {
      memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset + ((long) i << WORD_SHIFT), 0);
    }
    for (long at = (long) words << WORD_SHIFT; at < bytes; at++) {
      memory.set(ValueLayout.JAVA_BYTE, offset + at, (byte) 0);
    }
  }

  /** The JVM copies with wide stores, and fills with narrow ones. */
  private static void copyZeros(MemorySegment memory, long offset, long bytes) {
    for (long done = 0; done < bytes; done += ZEROS.byteSize()) {
      long length = Math.min(ZEROS.byteSize(), bytes - done);
      MemorySegment.copy(ZEROS, 0, memory, offset + done, length);
    }
  }
}
