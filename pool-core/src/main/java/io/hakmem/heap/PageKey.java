package io.hakmem.heap;

/** The one place that turns an address into a page key. */
public final class PageKey {

  /** Base-2 logarithm of {@link #PAGE_BYTES}. */
  public static final int PAGE_SHIFT = 16;

  /** Bytes of an ordinary page: {@code POOL_PAGE_SIZE} of the original. */
  public static final int PAGE_BYTES = 1 << PAGE_SHIFT;

  /** Base-2 logarithm of {@link #KEY_BYTES}. */
  public static final int KEY_SHIFT = 14;

  /** Bytes that share a key: the shortest page, of which others are a multiple. */
  public static final int KEY_BYTES = 1 << KEY_SHIFT;

  private PageKey() {}

  /** The key of the bytes that hold the address: the address divided by {@link #KEY_BYTES}. */
  public static long of(long address) {
    return address >>> KEY_SHIFT;
  }

  /** Bytes rounded up to whole ordinary pages. */
  public static long roundUp(long bytes) {
    return (bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
  }
}
