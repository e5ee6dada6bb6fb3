package io.hakmem.bench.peer;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.Stats;
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

  /** The allocator, if it is HAKMEM, whose figures follow. */
  default Optional<HakAllocator> allocator() {
    return Optional.empty();
  }

  /** What HAKMEM is composed of; of others nothing. */
  default Optional<Composition> facts() {
    HakAllocator own = allocator().orElse(null);
    // A call of its own: a build that has no such method then fails as its callers expect.
    return own == null ? Optional.empty() : Optional.of(own.composition());
  }

  /** Figures by size class, of HAKMEM. */
  default List<Stats.SizeClass> sizeClasses() {
    return allocator().map(own -> own.stats().sizeClasses()).orElse(List.of());
  }

  /** The bytes the allocator holds from the system now, or -1 when it cannot tell. */
  default long committedBytes() {
    return allocator().map(own -> own.stats().committedBytes()).orElse(-1L);
  }

  /** The allocator's own counters, by name. */
  default SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = new TreeMap<>();
    allocator()
        .map(HakAllocator::stats)
        .ifPresent(
            stats -> {
              counters.putAll(stats.counters());
              counters.put("allocations", stats.allocations());
              counters.put("frees", stats.frees());
              counters.put("refused_frees", stats.refusedFrees());
              counters.put("remote_frees", stats.remoteFrees());
            });
    return counters;
  }

  /** Lines of statistics that the gates ask for. */
  default List<String> statistics() {
    return allocator().map(HakAllocator::boxLines).orElse(List.of());
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
