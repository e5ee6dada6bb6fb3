package io.hakmem.supply;

import io.hakmem.heap.PageKey;
import io.hakmem.memory.GuardedSource;
import io.hakmem.spi.Region;
import java.util.function.LongPredicate;

/** Pages that outlive their allocator's close, since open arenas use them. */
record KeptPages(LongPredicate kept, GuardedSource source) {

  long bytesIn(Region region) {
    long bytes = 0;
    for (long at = region.base(); at < endOf(region); at += PageKey.PAGE_BYTES) {
      bytes += kept.test(at) ? PageKey.PAGE_BYTES : 0;
    }
    return bytes;
  }

  /**
   * Releases a region without such a page, and decommits the rest of another one; true if it is
   * gone: the source may refuse.
   */
  boolean end(Region region) {
    if (bytesIn(region) == 0) {
      return source.release(region);
    }
    long from = region.base();
    for (long at = from; at < endOf(region); at += PageKey.PAGE_BYTES) {
      if (kept.test(at)) {
        decommit(from, at);
        from = at + PageKey.PAGE_BYTES;
      }
    }
    decommit(from, endOf(region));
    return false;
  }

  private void decommit(long from, long end) {
    if (end > from) {
      source.decommit(from, end - from);
    }
  }

  private static long endOf(Region region) {
    return region.base() + region.bytes();
  }
}
