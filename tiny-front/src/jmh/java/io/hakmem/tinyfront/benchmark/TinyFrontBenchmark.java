package io.hakmem.tinyfront.benchmark;

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

/** The tiny front, whose gates put it in the way of operations or take it out of it. */
@Measures("tiny-front")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class TinyFrontBenchmark {

  private static final long C7_BYTES = 1024;
  private static final int BLOCKS = 256;
  private static final String PREFIX = "tiny_front_";

  /** The front with one gate in both states. */
  public abstract static class Tiny extends ComposedState {

    private final String gate;
    private final String mask;

    Tiny(String gate, String mask) {
      this.gate = gate;
      this.mask = mask;
    }

    @Override
    protected Map<String, String> gates() {
      return Map.of(
          "HAKMEM_TINY_HEAP_PROFILE",
          "c7_safe",
          "HAKMEM_SMALL_HEAP_V3_CLASSES",
          mask,
          gate,
          value());
    }

    abstract String value();

    boolean isOn() {
      return value().equals("1");
    }

    @Override
    protected void prove(Rise rise) {
      long served = rise.of(PREFIX + "alloc_hit") + rise.of(PREFIX + "alloc_asked");
      rise.require("the front serves each allocation", served == rise.allocations());
    }
  }

  /** C7 with and without its hot path. */
  public static class C7 extends Tiny {

    /** Whether heaps pop and push pages of C7 by themselves. */
    @Param({"1", "0"})
    private String c7Hot;

    /** For JMH. */
    public C7() {
      super("HAKMEM_TINY_C7_HOT", "0x80");
    }

    @Override
    String value() {
      return c7Hot;
    }

    @Override
    protected void fill() {
      pair(C7_BYTES);
    }

    @Override
    protected void prove(Rise rise) {
      super.prove(rise);
      rise.require(
          "it is asked for each operation or none",
          rise.of(PREFIX + "alloc_asked") == (isOn() ? 0 : rise.allocations())
              && rise.of(PREFIX + "free_asked") == (isOn() ? 0 : rise.frees()));
    }
  }

  /** C7, whose frees the page table classifies, or the directory and the front. */
  public static class Classify extends Tiny {

    /** Whether the page table classifies. */
    @Param({"1", "0"})
    private String classify;

    /** For JMH. */
    public Classify() {
      super("HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED", "0x80");
    }

    @Override
    String value() {
      return classify;
    }

    @Override
    protected void fill() {
      pair(C7_BYTES);
    }

    @Override
    protected void prove(Rise rise) {
      super.prove(rise);
      rise.require(
          "it classifies each free or none",
          rise.of(PREFIX + "classified_slow") == (isOn() ? 0 : rise.frees()));
    }
  }

  /** C7, whose empty pages are all collected, or all but one. */
  public static class HotHeap extends Tiny {

    /** Whether a collection leaves a page. */
    @Param({"0", "1"})
    private String hotHeap;

    private final PageSwing swing = new PageSwing(BLOCKS);

    /** For JMH. */
    public HotHeap() {
      super("HAKMEM_TINY_HOTHEAP_V2", "0x80");
    }

    @Override
    String value() {
      return hotHeap;
    }

    @Override
    protected Map<String, String> gates() {
      return PageSwing.beforeThePool(super.gates());
    }

    @Override
    protected void fill() {
      swing.begin(allocator(), C7_BYTES);
    }

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare() {
      swing.giveBack(allocator());
    }

    /** What is allocated to let the heap collect is not of the front. */
    @Override
    protected void prove(Rise rise) {
      long refills = rise.of(PREFIX + "refills");
      long pages = isOn() ? 2 : 3;
      rise.require(
          "%d pages are needed in each of %d turns".formatted(pages, swing.turns()),
          refills >= pages * swing.turns() && refills <= pages * swing.turns() + pages);
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
  @Meaning("nothing: the loop around one of 256 operations, and the clock read around it")
  public void baselineBatch(BatchLoop state, Blackhole sink) {
    state.fill(sink, BLOCKS);
  }

  @Benchmark
  @Meaning("allocates and frees the same block of C7; c7Hot=0 asks the front")
  public long c7(C7 state) {
    return state.pair(C7_BYTES);
  }

  @Benchmark
  @Meaning("allocates and frees a block of C7; classify=0 asks directory and front")
  public long classifiedFree(Classify state) {
    return state.pair(C7_BYTES);
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  @Meaning("allocates a block of C7, of 4 pages after a collection; hotHeap=1 kept 1 more")
  public void afterCollection(HotHeap state, Blackhole sink) {
    state.swing.take(state.allocator(), sink);
  }
}
