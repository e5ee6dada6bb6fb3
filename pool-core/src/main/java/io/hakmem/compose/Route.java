package io.hakmem.compose;

import io.hakmem.spi.Bin;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.PoolBox;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which bin serves which size: an entry for every 16 bytes. */
final class Route {

  private Route() {}

  /** Each size goes to the smallest block that holds it. */
  static Bin[] over(Collection<Bin> ascending) {
    long last = 0;
    for (Bin bin : ascending) {
      last = bin.blockBytes();
    }
    return entries(ascending, last);
  }

  /** Sizes whose blocks are aligned, by the first box that serves the size, ascending. */
  static long[] alignable(List<PoolBox> pools) {
    NavigableMap<Long, Boolean> aligned = new TreeMap<>();
    for (PoolBox pool : pools) {
      for (long size : pool.blockSizes()) {
        aligned.putIfAbsent(size, pool.alignsBlocks());
      }
    }
    return aligned.keySet().stream().filter(aligned::get).mapToLong(Long::longValue).toArray();
  }

  private static Bin[] entries(Collection<Bin> ascending, long lastBytes) {
    Bin[] route = new Bin[(int) (lastBytes >>> LocalHeap.ROUTE_SHIFT) + 1];
    Iterator<Bin> bins = ascending.iterator();
    Bin bin = bins.next();
    for (int step = 0; step < route.length; step++) {
      while (bin.blockBytes() < (long) step << LocalHeap.ROUTE_SHIFT) {
        bin = bins.next();
      }
      route[step] = bin;
    }
    return route;
  }
}
