package io.hakmem.bench.peer;

import io.hakmem.Composition;
import io.hakmem.Stats;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** One allocator under test. A JVM measures one, so that the loops see one concrete type. */
public interface Subject extends AutoCloseable {

  /** The calls as the calling thread makes them. */
  Blocks blocks();

  /** The bytes that the block at {@code address} can hold, or 0 when it cannot tell. */
  default long usableSize(long address) {
    return 0;
  }

  /** What runs, in one or more lines, for people. */
  String composition();

  /** What HAKMEM is composed of; of others nothing. */
  default Optional<Composition> facts() {
    return Optional.empty();
  }

  /** Figures by size class, of HAKMEM. */
  default List<Stats.SizeClass> sizeClasses() {
    return List.of();
  }

  /** The bytes the allocator holds from the system now, or -1 when it cannot tell. */
  default long committedBytes() {
    return -1;
  }

  /** The allocator's own counters, by name. */
  default SortedMap<String, Long> counters() {
    return Collections.unmodifiableSortedMap(new TreeMap<>());
  }

  /** Lines of statistics that the gates ask for. */
  default List<String> statistics() {
    return List.of();
  }

  /** Makes the threads that call it. */
  default ThreadFactory threads() {
    return Executors.defaultThreadFactory();
  }

  /** Gives unused memory back to the system, as far as the calling thread may. */
  default void trim() {}

  @Override
  default void close() {}
}
