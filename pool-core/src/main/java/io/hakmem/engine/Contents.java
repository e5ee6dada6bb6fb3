package io.hakmem.engine;

import io.hakmem.heap.Page;
import io.hakmem.spi.PageDirectory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads and writes what is in blocks. */
final class Contents {

  /** Up to here a loop that the JIT compiles in place is faster than a call that fills. */
  private static final long FILLED_INLINE_BYTES = 2048;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[8 << 10]);

  private final PageDirectory directory;
  private final Refusals refusals;

  Contents(PageDirectory directory, Refusals refusals) {
    this.directory = directory;
    this.refusals = refusals;
  }

  /** All bytes of a live block. */
  MemorySegment whole(long address) {
    Page page = refusals.requireLive(address);
    return page.memory().asSlice(address - page.base(), page.blockBytes());
  }

  /** Fills a live block's first bytes, rounded up to whole words, with zeros. */
  void fillWithZeros(long address, long bytes) {
    Page page = directory.lookup(address);
    long offset = address - page.base();
    if (bytes > FILLED_INLINE_BYTES) {
      copyZeros(page.memory(), offset, bytes);
      return;
    }
    MemorySegment memory = page.memory();
    int words = (int) ((bytes + Long.BYTES - 1) / Long.BYTES);
    for (int i = 0; i < words; i++) {
      memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset + (long) i * Long.BYTES, 0);
    }
  }

  /** The JVM copies with wide stores, and fills with narrow ones. */
  private static void copyZeros(MemorySegment memory, long offset, long bytes) {
    for (long done = 0; done < bytes; done += ZEROS.byteSize()) {
      long length = Math.min(ZEROS.byteSize(), bytes - done);
      MemorySegment.copy(ZEROS, 0, memory, offset + done, length);
    }
  }

  /** Copies the first bytes of a live block to another. */
  void copy(Page source, long from, long to, long bytes) {
    Page target = refusals.requireLive(to);
    try {
      MemorySegment.copy(
          source.memory(), from - source.base(), target.memory(), to - target.base(), bytes);
    } catch (IllegalStateException gone) {
      throw refusals.isClosed()
          ? refusals.closedMeanwhile(gone)
          : refusals.alreadyFree(source, from); // By another thread, in this moment.
    }
  }
}
