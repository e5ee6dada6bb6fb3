package io.hakmem.pool.v2.benchmark;

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

/** Pool v2 with each choice of its sub-switches. */
@Measures("pool-v2")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PoolV2Benchmark {

  private static final long BLOCK_BYTES = 512;
  private static final long LARGEST_BYTES = 8 << 10;
  private static final int BLOCKS = 64;

  /** A page has 64 KiB, and blocks may have headers. */
  private static final int PAGES_A_TURN = 7;

  private static final String PREFIX = "pool_v2_";

  /** Pool v2 in every state. */
  public abstract static class V2 extends ComposedState {

    /** Whether blocks have headers, which frees find their page by. */
    @Param({"1", "0"})
    private String blockToUser;

    /** Whether heaps pop pages by themselves. */
    @Param({"1", "0"})
    private String tlsFastPath;

    @Override
    protected Map<String, String> gates() {
      return Map.of(
          "HAKMEM_POOL_V2_ENABLED", "1",
          "HAKMEM_POOL_V2_BLOCK_TO_USER", blockToUser,
          "HAKMEM_POOL_V2_TLS_FAST_PATH", tlsFastPath);
    }

    boolean hasHeaders() {
      return blockToUser.equals("1");
    }

    boolean isAskedForEach() {
      return tlsFastPath.equals("0");
    }

    /** The same holds whether or not blocks need pages. */
    @Override
    protected void prove(Rise rise) {
      rise.require("nothing falls back", rise.of(PREFIX + "fallbacks") == 0);
    }
  }

  /** Operations that need no page. */
  public abstract static class Hits extends V2 {

    @Override
    protected void prove(Rise rise) {
      super.prove(rise);
      rise.require(
          "it is asked for each allocation or none",
          rise.of(PREFIX + "asked") == (isAskedForEach() ? rise.allocations() : 0));
      rise.require(
          "each free goes by the header or none",
          rise.of(PREFIX + "header_frees") == (hasHeaders() ? rise.frees() : 0));
      rise.require(
          "each free goes by the directory or none",
          rise.of(PREFIX + "directory_frees")
              == (!hasHeaders() && isAskedForEach() ? rise.frees() : 0));
    }
  }

  /** One block of one page. */
  public static class OneBlock extends Hits {

    @Override
    protected void fill() {
      pair(BLOCK_BYTES);
    }
  }

  /** Blocks of several pages. */
  public static class SeveralPages extends Hits {

    private final Ring ring = new Ring(BLOCK_BYTES);

    @Override
    protected void fill() {
      ring.fill(allocator());
    }

    @Override
    protected void drain() {
      ring.free(allocator());
    }
  }

  /** All pages but the current one are retired. */
  public static class Retired extends V2 {

    private final PageSwing swing = new PageSwing(BLOCKS);

    @Override
    protected Map<String, String> gates() {
      return PageSwing.beforeThePool(super.gates());
    }

    @Override
    protected void fill() {
      swing.begin(allocator(), LARGEST_BYTES);
    }

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare() {
      swing.giveBack(allocator());
    }

    @Override
    protected void prove(Rise rise) {
      super.prove(rise);
      long pages = swing.turns() * PAGES_A_TURN;
      rise.require("pages are refilled", rise.of(PREFIX + "page_refills") >= pages);
      rise.require("pages are retired", rise.of(PREFIX + "page_retires") >= pages - PAGES_A_TURN);
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
  @OperationsPerInvocation(BLOCKS)
  @Meaning("nothing: the loop around one of 64 operations, and the clock read around it")
  public void baselineBatch(BatchLoop state, Blackhole sink) {
    state.fill(sink, BLOCKS);
  }

  @Benchmark
  @Meaning("allocates and frees the same block of 512 B")
  public long hit(OneBlock state) {
    return state.pair(BLOCK_BYTES);
  }

  @Benchmark
  @Meaning("frees the oldest of 1,024 blocks of 512 B, on 8 or 9 pages, and allocates one")
  public long hitOverPages(SeveralPages state) {
    return state.ring.turn(state.allocator());
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  @Meaning("allocates a block of 8 KiB, of which every seventh or eighth needs a page")
  public void refill(Retired state, Blackhole sink) {
    state.swing.take(state.allocator(), sink);
  }
}
