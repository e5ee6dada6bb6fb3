package io.hakmem.bench.jmh;

import io.hakmem.jmh.ComposedState;
import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Arenas over the pool beside those of the JDK; an operation is an arena with all its segments.
 *
 * <p>Arenas and segments are Java objects, of which an operation makes up to hundreds. The Java
 * heap is small and touched beforehand, so that its growth is not what is measured.
 */
@Measures("pool-core")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ArenaBenchmark {

  private static final MemorySegment ROOM = Arena.global().allocate(8);

  /** What each arena is asked for. */
  @State(Scope.Benchmark)
  public static class Asked {

    /** Segments of each arena. */
    @Param({"1", "100"})
    private int segments;

    /** Size of each segment in bytes. */
    @Param({"16", "64", "256", "1024"})
    private long bytes;

    /** Allocates the segments and writes a byte into each. */
    long fill(Arena arena) {
      long sum = 0;
      for (int i = 0; i < segments; i++) {
        MemorySegment segment = arena.allocate(bytes);
        segment.set(ValueLayout.JAVA_BYTE, 0, (byte) i);
        sum += segment.address();
      }
      return sum;
    }
  }

  /** The allocator behind the arenas. */
  public static class Pool extends ComposedState {

    private final Asked first = new Asked();

    @Override
    protected Map<String, String> gates() {
      return Map.of();
    }

    @Override
    protected void fill() {
      first.segments = 1;
      first.bytes = 8;
      try (Arena arena = allocator().sharedArena()) {
        first.fill(arena);
      }
    }

    /** The chunk of a thread's desk is one allocation for all arenas with few segments. */
    @Override
    protected void prove(Rise rise) {
      rise.require("no free is another thread's", rise.remoteFrees() == 0);
    }
  }

  @Benchmark
  @Meaning("nothing: the loop over the segments, on memory of the global arena")
  public long baseline(Asked asked) {
    long sum = 0;
    for (int i = 0; i < asked.segments; i++) {
      ROOM.set(ValueLayout.JAVA_BYTE, i & 7, (byte) i);
      sum += asked.bytes;
    }
    return sum;
  }

  @Benchmark
  @Meaning("opens HakAllocator.arena(), allocates the segments, closes it")
  public long confined(Pool pool, Asked asked) {
    try (Arena arena = pool.allocator().arena()) {
      return asked.fill(arena);
    }
  }

  @Benchmark
  @Meaning("the same with Arena.ofConfined()")
  public long confinedOfJdk(Asked asked) {
    try (Arena arena = Arena.ofConfined()) {
      return asked.fill(arena);
    }
  }

  @Benchmark
  @Meaning("opens HakAllocator.sharedArena(), allocates the segments, closes it")
  public long shared(Pool pool, Asked asked) {
    try (Arena arena = pool.allocator().sharedArena()) {
      return asked.fill(arena);
    }
  }

  @Benchmark
  @Meaning("the same with Arena.ofShared()")
  public long sharedOfJdk(Asked asked) {
    try (Arena arena = Arena.ofShared()) {
      return asked.fill(arena);
    }
  }
}
