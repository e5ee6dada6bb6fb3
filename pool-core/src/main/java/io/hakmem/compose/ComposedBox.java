package io.hakmem.compose;

import io.hakmem.Composition;
import io.hakmem.spi.PoolBox;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * A box that takes part.
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
    List<Long> sizes = LongStream.of(blockSizes).boxed().toList();
    return new ComposedBox(name, place, box, sizes, new TreeSet<>(sizes));
  }

  /** The same behind boxes that serve some of its classes. */
  ComposedBox behind(NavigableSet<Long> taken) {
    NavigableSet<Long> left = new TreeSet<>(blockSizes);
    left.removeAll(taken);
    return new ComposedBox(
        name, place, box, blockSizes, Collections.unmodifiableNavigableSet(left));
  }

  /** As users see it. */
  Composition.Box asFact() {
    return new Composition.Box(name, place, blockSizes, List.copyOf(served));
  }
}
