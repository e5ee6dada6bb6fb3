package io.hakmem.supply;

import io.hakmem.heap.PageKey;
import io.hakmem.memory.GuardedSource;
import io.hakmem.spi.Region;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/** Pages that outlive their allocator's close, since open arenas use them. */
record KeptPages(LongPredicate kept, GuardedSource source) {

  long bytesIn(Region region) {
    return LongStream.iterate(region.base(), at -> at < end(region), KeptPages::nextPage)
            .filter(kept)
            .count()
        * PageKey.PAGE_BYTES;
  }

  /**
   * Releases regions without such a page, and decommits the rest of the others; those that the
   * source refuses stay too.
   */
  void end(Map<Long, Region> regions) {
    for (Iterator<Region> left = regions.values().iterator(); left.hasNext(); ) {
      Region region = left.next();
      if (bytesIn(region) > 0) {
        decommitOthers(region);
      } else if (source.release(region)) {
        left.remove();
      }
    }
  }

  private void decommitOthers(Region region) {
    long from = region.base();
    for (long at = from; at < end(region); at = nextPage(at)) {
      if (kept.test(at)) {
        decommit(from, at);
        from = nextPage(at);
      }
    }
    decommit(from, end(region));
  }

  private void decommit(long from, long end) {
    if (end > from) {
      source.decommit(from, end - from);
    }
  }

  private static long end(Region region) {
    return region.base() + region.bytes();
  }

  private static long nextPage(long address) {
    return address + PageKey.PAGE_BYTES;
  }
}
