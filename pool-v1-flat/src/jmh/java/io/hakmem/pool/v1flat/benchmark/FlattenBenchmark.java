package io.hakmem.pool.v1flat.benchmark;

import io.hakmem.jmh.Baseline;
import io.hakmem.jmh.ComposedState;
import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import io.hakmem.jmh.PageSwing;
import io.hakmem.jmh.Ring;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The flatten box: what heaps do by themselves, against pool v1 asked for each operation. */
@Measures("pool-v1-flat")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FlattenBenchmark {

  private static final long BLOCK_BYTES = 512;
  private static final long PAGE_BYTES = 64 << 10;
  private static final int PAGES = 64;
  private static final String PREFIX = "pool_v1_flat_";

  /** The flatten box in every state. */
  public abstract static class Flatten extends ComposedState {

    /** Whether heaps pop and push by themselves. */
    @Param({"1", "0"})
    private String flatten;

    /** Whether it counts. */
    @Param({"0", "1"})
    private String stats;

    @Override
    protected Map<String, String> gates() {
      return Map.of(
          "HAKMEM_POOL_V1_FLATTEN_ENABLED", flatten, "HAKMEM_POOL_V1_FLATTEN_STATS", stats);
    }

    @Override
    protected void prove(Rise rise) {
      rise.require("only the gate makes it count", rise.hasAny(PREFIX) == stats.equals("1"));
      if (stats.equals("1")) {
        boolean isOn = flatten.equals("1");
        long allocations = rise.of(PREFIX + "alloc_tls_hit") + rise.of(PREFIX + "alloc_fb");
        rise.require(
            "it counts each allocation or none", allocations == (isOn ? rise.allocations() : 0));
        rise.require(
            "it counts each free or none",
            rise.of(PREFIX + "free_tls_hit") == (isOn ? rise.frees() : 0));
        long fallbacks = rise.of(PREFIX + "alloc_fb");
        rise.require(
            "it falls back as it should, %d times".formatted(fallbacks),
            fallbacks == (isOn ? misses() : 0));
      }
    }

    /** Allocations that no page of the heap can serve. */
    abstract long misses();
  }

  /** One block of one page. */
  public static class OneBlock extends Flatten {

    @Override
    protected void fill() {
      pair(BLOCK_BYTES);
    }

    @Override
    long misses() {
      return 0;
    }
  }

  /** Blocks of several pages. */
  public static class SeveralPages extends Flatten {

    private final Ring ring = new Ring(BLOCK_BYTES);

    @Override
    protected void fill() {
      ring.fill(allocator());
    }

    @Override
    long misses() {
      return 0;
    }

    @Override
    protected void drain() {
      ring.free(allocator());
    }
  }

  /** The heap has no page, the store has. */
  public static class InStore extends Flatten {

    private final PageSwing swing = new PageSwing(PAGES);

    @Override
    protected Map<String, String> gates() {
      return PageSwing.with(super.gates());
    }

    @Override
    protected void fill() {
      swing.begin(allocator(), PAGE_BYTES);
    }

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare() {
      swing.giveBack(allocator());
    }

    /** The very first block needs a page too. */
    @Override
    long misses() {
      return swing.turns() * (PAGES - 1) + 1;
    }

    @Override
    protected void drain() {
      swing.free(allocator());
    }
  }

  /** Nothing but the loop. */
  public static class Loop extends Baseline {}

  /** Nothing but the loop around operations that come in batches. */
  public static class BatchLoop extends Baseline.Batch {}

  @Benchmark
  @Meaning("nothing: the loop around a single operation")
  public long baseline(Loop state) {
    return state.turn();
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  @Meaning("nothing: the loop around one of 64 operations, and the clock read around it")
  public void baselineBatch(BatchLoop state, Blackhole sink) {
    state.fill(sink, PAGES);
  }

  @Benchmark
  @Meaning("allocates and frees the same block of 512 B; flatten=0 asks pool v1")
  public long hit(OneBlock state) {
    return state.pair(BLOCK_BYTES);
  }

  @Benchmark
  @Meaning("frees the oldest of 1,024 blocks of 512 B, on 8 pages, and allocates one")
  public long hitOverPages(SeveralPages state) {
    return state.ring.turn(state.allocator());
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  @Meaning("allocates a block that needs a page: pool v1 gets it from its store")
  public void fallback(InStore state, Blackhole sink) {
    state.swing.take(state.allocator(), sink);
  }
}
