package io.hakmem.thread;

import io.hakmem.compose.ComposedBox;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Which bin serves which size: an entry for every 16 bytes. */
public final class Route {

  private Route() {}

  /** Each size goes to the smallest block that holds it, of those up to 64 KiB. */
  public static Bin[] over(Collection<Bin> ascending) {
    long last = 0;
    for (Bin bin : ascending) {
      last = bin.blockBytes() <= LocalHeap.MOST_ROUTED_BYTES ? bin.blockBytes() : last;
    }
    return last == 0 ? new Bin[1] : entries(ascending, last);
  }

  /** The bins of larger blocks, which are searched for. */
  public static Bin[] above(Collection<Bin> ascending) {
    List<Bin> above = new ArrayList<>();
    for (Bin bin : ascending) {
      if (bin.blockBytes() > LocalHeap.MOST_ROUTED_BYTES) {
        above.add(bin);
      }
    }
    return above.toArray(new Bin[0]);
  }

  /** The largest block size of all boxes. */
  public static long largest(List<ComposedBox> boxes) {
    long largest = 0;
    for (ComposedBox box : boxes) {
      for (long blockBytes : box.served()) {
        largest = Math.max(largest, blockBytes);
      }
    }
    return largest;
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
