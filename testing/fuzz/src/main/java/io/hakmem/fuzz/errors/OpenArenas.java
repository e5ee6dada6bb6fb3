package io.hakmem.fuzz.errors;

import io.hakmem.fuzz.Marks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Arenas that are open, and what was written into their segments. */
final class OpenArenas {

  private static final int MOST = 4;
  private static final int MOST_SEGMENTS = 50;

  private final List<Open> open = new ArrayList<>();
  private final SplittableRandom random;

  OpenArenas(SplittableRandom random) {
    this.random = random;
  }

  private record Segment(MemorySegment memory, long mark) {}

  private record Open(Arena arena, boolean confined, List<Segment> segments) {}

  boolean isEmpty() {
    return open.isEmpty();
  }

  boolean isFull() {
    return open.size() == MOST;
  }

  @Nullable Arena any() {
    return open.isEmpty() ? null : open.get(random.nextInt(open.size())).arena;
  }

  void opened(Arena arena, boolean confined) {
    open.add(new Open(arena, confined, new ArrayList<>()));
  }

  @SuppressWarnings("ReferenceEquality") // An arena is itself alone.
  void allocated(Arena arena, MemorySegment memory) {
    Marks.requireCleared(memory, memory.byteSize());
    long mark = Marks.write(memory, memory.byteSize(), random);
    List<Segment> segments =
        open.stream().filter(one -> one.arena == arena).findAny().orElseThrow().segments;
    if (segments.size() < MOST_SEGMENTS) {
      segments.add(new Segment(memory, mark));
    }
  }

  @SuppressWarnings("ReferenceEquality") // An arena is itself alone.
  void closed(Arena arena) {
    open.removeIf(one -> one.arena == arena);
    if (arena.scope().isAlive()) {
      throw new IllegalStateException("an arena is open after its close");
    }
  }

  /** Looks at the segments of arenas that a broken off close has not ended. */
  void check() {
    for (Open one : open) {
      if (one.arena.scope().isAlive()) {
        one.segments.forEach(
            segment -> Marks.check(segment.memory, segment.memory.byteSize(), segment.mark));
      }
    }
  }

  /** Closes those of the calling thread, or all: then none of another thread is left. */
  void close(boolean sharedToo) {
    for (Open one : List.copyOf(open)) {
      if (sharedToo || one.confined) {
        try {
          one.arena.close();
        } catch (IllegalStateException again) {
          if (one.arena.scope().isAlive()) {
            throw again;
          }
        }
        closed(one.arena);
      }
    }
  }
}
