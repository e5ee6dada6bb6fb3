package io.hakmem.heap;

/** The one place that turns an address into a page key. */
public final class PageKey {

  /** Base-2 logarithm of {@link #PAGE_BYTES}. */
  public static final int PAGE_SHIFT = 16;

  /** Bytes of a page: {@code POOL_PAGE_SIZE} of the original. */
  public static final int PAGE_BYTES = 1 << PAGE_SHIFT;

  private PageKey() {}

  /** The key of the page that holds the address: the address divided by the page size. */
  public static long of(long address) {
    return address >>> PAGE_SHIFT;
  }

  /** Bytes rounded up to whole pages. */
  public static long roundUp(long bytes) {
    return (bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
  }
}
