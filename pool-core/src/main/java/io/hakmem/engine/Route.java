package io.hakmem.engine;

import io.hakmem.compose.BoxCalls;
import io.hakmem.compose.ComposedBox;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

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
  static long[] alignable(List<ComposedBox> boxes) {
    return boxes.stream()
        .filter(box -> BoxCalls.of(box.name(), "alignsBlocks()", box.box()::alignsBlocks))
        .flatMap(box -> box.served().stream())
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
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
