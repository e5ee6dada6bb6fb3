package io.hakmem.compose;

import io.hakmem.Composition;
import io.hakmem.heap.LocalHeap;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.PoolBox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A box that takes part. What the box throws out of a call here says which box it was, and which
 * call: see {@link BoxCalls#failure}.
 *
 * @param name its name, read once
 * @param place where it stands
 * @param box the box
 * @param blockSizes its classes in bytes
 * @param served the classes in bytes that no box in front of it serves
 */
public record ComposedBox(
    String name, int place, PoolBox box, List<Long> blockSizes, NavigableSet<Long> served) {

  static ComposedBox of(String name, int place, PoolBox box, long[] blockSizes) {
    List<Long> sizes = new ArrayList<>();
    for (long size : blockSizes) {
      sizes.add(size);
    }
    return new ComposedBox(name, place, box, List.copyOf(sizes), new TreeSet<>(sizes));
  }

  /** The same behind boxes that serve some of its classes. */
  ComposedBox behind(NavigableSet<Long> taken) {
    NavigableSet<Long> left = new TreeSet<>(blockSizes);
    left.removeAll(taken);
    return new ComposedBox(
        name, place, box, blockSizes, Collections.unmodifiableNavigableSet(left));
  }

  /** See {@link PoolBox#report}. */
  public BoxReport report() {
    try {
      return box.report();
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "report()", thrown);
    }
  }

  /** See {@link PoolBox#alignsBlocks}. */
  public boolean alignsBlocks() {
    try {
      return box.alignsBlocks();
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "alignsBlocks()", thrown);
    }
  }

  /** See {@link PoolBox#collect}. */
  public void collect(LocalHeap heap) {
    try {
      box.collect(heap);
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "collect()", thrown);
    }
  }

  /** See {@link PoolBox#flush}. */
  public void flush(LocalHeap heap) {
    try {
      box.flush(heap);
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "flush()", thrown);
    }
  }

  /** See {@link PoolBox#purge}. */
  public void purge() {
    try {
      box.purge();
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "purge()", thrown);
    }
  }

  /** See {@link PoolBox#reclaim}. */
  public void reclaim() {
    try {
      box.reclaim();
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "reclaim()", thrown);
    }
  }

  /** As users see it. */
  Composition.Box asFact() {
    return new Composition.Box(name, place, blockSizes, List.copyOf(served));
  }
}
