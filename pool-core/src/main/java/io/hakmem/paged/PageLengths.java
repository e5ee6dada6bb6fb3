package io.hakmem.paged;

import io.hakmem.heap.PageKey;

/** How long runs of pages are for blocks of a size. */
final class PageLengths {

  private static final int MOST_PAGES_A_RUN = 8;
  private static final int TAIL_WASTE_SHIFT = 3;

  /** With fewer blocks a page is used up so soon that turning pages is most of the work. */
  private static final int FEW_BLOCKS = 16;

  private static final long MOST_WIDE_BYTES = 512 << 10;

  /** An ordinary page adds at most an eighth to what a bin has. */
  private static final int MORE_SHIFT = 3;

  private PageLengths() {}

  /** The ordinary length: up to an eighth of it may be lost at its end. */
  static long ordinary(long blockBytes) {
    long bytes = PageKey.roundUp(blockBytes);
    for (int pages = 1; pages <= MOST_PAGES_A_RUN; pages++) {
      long candidate = (long) pages * PageKey.PAGE_BYTES;
      if (candidate >= blockBytes && candidate % blockBytes <= candidate >> TAIL_WASTE_SHIFT) {
        return candidate;
      }
    }
    return bytes;
  }

  /** So many times the length that there are not few blocks, if the page table reaches so far. */
  static long widened(long bytes, long blockBytes) {
    if (blockBytes > MOST_WIDE_BYTES / FEW_BLOCKS) {
      return bytes;
    }
    long blocks = bytes / blockBytes;
    long times = Math.min((FEW_BLOCKS + blocks - 1) / blocks, MOST_WIDE_BYTES / bytes);
    return Math.max(1, times) * bytes;
  }

  /**
   * The length where memory is scarce: a part of a page, if there are not few blocks in it, until
   * the bin has so much that a whole page is little beside it.
   *
   * @param ownedBytes what the bin has
   */
  static long shortened(long bytes, long blockBytes, long ownedBytes) {
    long least = FEW_BLOCKS * blockBytes + PageKey.KEY_BYTES - 1 & -PageKey.KEY_BYTES;
    return bytes == PageKey.PAGE_BYTES && bytes > ownedBytes >> MORE_SHIFT
        ? Math.min(least, bytes)
        : bytes;
  }
}
