package io.hakmem.pool.v2;

import io.hakmem.heap.Page;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Headers in front of blocks.
 *
 * <pre>
 *   address - 16     address - 12     address - 8          address
 *   | class: int     | owner: int     | stamp: long        | block ...
 * </pre>
 *
 * <p>The stamp tells a header from what a caller wrote by accident; it is no guard against one who
 * forges it. So a header is a hint, and whoever believes it has asked the page as well.
 */
final class Headers {

  /** Bytes of a header, a multiple of what blocks are aligned to. */
  static final int BYTES = 16;

  private static final long OWNER = Integer.BYTES;
  private static final long STAMP = Long.BYTES;

  private final long secret;

  Headers(long secret) {
    this.secret = secret;
  }

  /** Writes that of every block of a page. */
  void writeAll(Extent extent, Page page, int sizeClass, int owner) {
    long strideBytes = page.blockBytes() + BYTES;
    for (int block = 0; block < page.capacity(); block++) {
      write(extent, page.base() + block * strideBytes, sizeClass, owner);
    }
  }

  /** Writes that of one block, which lies in a page of the extent. */
  void write(Extent extent, long address, int sizeClass, int owner) {
    MemorySegment memory = extent.memory();
    long at = address - BYTES - extent.base();
    memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, sizeClass);
    memory.set(ValueLayout.JAVA_INT_UNALIGNED, at + OWNER, owner);
    memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at + STAMP, stamp(address));
  }

  /** Whether a header says this; any address from {@link #BYTES} after the extent's begin on. */
  boolean matches(Extent extent, long address, int sizeClass, int owner) {
    MemorySegment memory = extent.memory();
    long at = address - BYTES - extent.base();
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, at + OWNER) == owner
        && memory.get(ValueLayout.JAVA_INT_UNALIGNED, at) == sizeClass
        && memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at + STAMP) == stamp(address);
  }

  /** The finisher of SplitMix64 (Steele, Lea and Flood, 2014; Stafford's variant 13). */
  private long stamp(long address) {
    long mixed = address ^ secret;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
