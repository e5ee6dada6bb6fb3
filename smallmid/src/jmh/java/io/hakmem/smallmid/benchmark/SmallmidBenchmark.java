package io.hakmem.smallmid.benchmark;

import io.hakmem.jmh.Baseline;
import io.hakmem.jmh.ComposedState;
import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import io.hakmem.jmh.PageSwing;
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

/** The front for three sizes, against the pool behind it, which is asked for each operation. */
@Measures("smallmid")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SmallmidBenchmark {

  private static final int BLOCKS = 1024;
  private static final long PAGE_BYTES = 64 << 10;
  private static final String PREFIX = "smallmid_";

  /** The front on or off. */
  public abstract static class Smallmid extends ComposedState {

    /** Whether there is a front. */
    @Param({"1", "0"})
    private String front;

    /** The sizes it has classes for. */
    @Param({"256", "512", "1024"})
    private long bytes;

    @Override
    protected Map<String, String> gates() {
      return Map.of("HAKMEM_SMALLMID_ENABLE", front, "HAKMEM_SMALLMID_STATS", "1");
    }

    long bytes() {
      return bytes;
    }

    @Override
    protected void prove(Rise rise) {
      rise.require("a front counts", rise.hasAny(PREFIX) == isOn());
      if (isOn()) {
        proveFront(rise.of(PREFIX + "batches"), rise.of(PREFIX + "miss_" + bytes), rise);
      }
    }

    private boolean isOn() {
      return front.equals("1");
    }

    abstract void proveFront(long batches, long misses, Rise rise);
  }

  /** One block of one page. */
  public static class OneBlock extends Smallmid {

    @Override
    protected void fill() {
      pair(bytes());
    }

    @Override
    void proveFront(long batches, long misses, Rise rise) {
      rise.require("all are hits", batches + misses == 0);
    }
  }

  /** Pages come with blocks that nobody used. */
  public static class NewPages extends Smallmid {

    private final PageSwing swing = new PageSwing(BLOCKS);

    @Override
    protected Map<String, String> gates() {
      return PageSwing.with(super.gates());
    }

    @Override
    protected void fill() {
      swing.begin(allocator(), bytes());
    }

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare() {
      swing.giveBack(allocator());
    }

    @Override
    void proveFront(long batches, long misses, Rise rise) {
      long pages = swing.turns() * (BLOCKS / (PAGE_BYTES / bytes()) - 1);
      rise.require("there are misses of all pages", misses >= pages);
      rise.require("pages stack in batches", batches > misses);
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
  @Meaning("nothing: the loop around 1 of 1,024 operations, and the clock read around it")
  public void baselineBatch(BatchLoop state, Blackhole sink) {
    state.fill(sink, BLOCKS);
  }

  @Benchmark
  @Meaning("allocates and frees the same block; front=0 asks pool v1")
  public long hit(OneBlock state) {
    return state.pair(state.bytes());
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  @Meaning("allocates a block of a page that comes empty; front=1 stacks it in batches")
  public void batches(NewPages state, Blackhole sink) {
    state.swing.take(state.allocator(), sink);
  }
}
