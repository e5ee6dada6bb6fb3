package io.hakmem.jmh.benchmark;

import io.hakmem.jmh.Baseline;
import io.hakmem.jmh.ComposedState;
import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import io.hakmem.jmh.OtherThread;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Pool v1, asked for each operation: pages, remote frees, ended threads, large blocks. */
@Measures("pool-core")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PoolV1Benchmark {

  private static final int PAGES = 64;
  private static final long PAGE_BYTES = 64 << 10;
  private static final long BLOCK_BYTES = 512;
  private static final int BLOCKS = 1024;
  private static final long SPAN_BYTES = 1 << 20;
  private static final long MAPPED_BYTES = 64 << 20;

  /** Pool v1 without a box before it; a page is there only once it was needed. */
  public abstract static class Layered extends ComposedState {

    @Override
    protected Map<String, String> gates() {
      return Map.of("HAKMEM_POOL_V1_FLATTEN_ENABLED", "0", "HAKMEM_HEAP_PREFILL", "0");
    }
  }

  /** Operations that need no page. */
  public abstract static class Hits extends Layered {

    @Override
    protected void prove(Rise rise) {
      rise.require("no page is needed", rise.of("pool_v1_refills") == 0);
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

  /** Pages that come and go, a block each. */
  public abstract static class Pages extends Layered {

    private final PageSwing swing = new PageSwing(PAGES);

    @Override
    protected Map<String, String> gates() {
      return PageSwing.with(super.gates());
    }

    @Override
    protected void fill() {
      swing.begin(allocator(), PAGE_BYTES);
    }

    final PageSwing swing() {
      return swing;
    }

    @Override
    protected void prove(Rise rise) {
      long turns = swing.turns();
      rise.require(
          "all pages but the current one are refilled in each of %d turns".formatted(turns),
          rise.of("pool_v1_refills") >= turns * (PAGES - 1));
      rise.require("pages are collected", rise.of("pool_v1_collections") >= turns - 1);
    }

    @Override
    protected void drain() {
      swing.free(allocator());
    }
  }

  /** The heap has no page, the store has. */
  public static class InStore extends Pages {

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare() {
      swing().giveBack(allocator());
    }
  }

  /** The heap has pages without a block in use. */
  public static class Taken extends Pages {

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare(Blackhole sink) {
      swing().take(allocator(), sink);
      swing().await();
    }
  }

  /** Neither heap nor store have a page, and the system has the memory. */
  public static class InSystem extends Pages {

    private long leastCommitted = Long.MAX_VALUE;

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare() {
      swing().giveBack(allocator());
      allocator().trim();
      leastCommitted = Math.min(leastCommitted, allocator().stats().committedBytes());
    }

    @Override
    protected void prove(Rise rise) {
      super.prove(rise);
      long committed = allocator().stats().committedBytes();
      rise.require(
          "pages are committed anew, from %d to %d B".formatted(leastCommitted, committed),
          committed - leastCommitted >= (PAGES - 1) * PAGE_BYTES);
    }
  }

  /** Blocks that one thread allocates and another one frees. */
  public abstract static class TwoThreads extends Layered {

    final OtherThread other = new OtherThread();
    private final long[] blocks = new long[BLOCKS];

    final void allocateAll() {
      for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = allocator().allocate(BLOCK_BYTES);
      }
    }

    final void freeAll() {
      for (long block : blocks) {
        allocator().free(block);
      }
    }
  }

  /** Blocks of a thread that waits. */
  public static class OfAnotherThread extends TwoThreads {

    private boolean taken;
    private long freed;

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare() {
      other.run(this::allocateAll);
      taken = true;
    }

    void freeTaken() {
      freeAll();
      freed += BLOCKS;
      taken = false;
    }

    @Override
    protected void prove(Rise rise) {
      rise.require("each free is remote", rise.remoteFrees() == freed);
    }

    @Override
    protected void drain() {
      if (taken) {
        freeTaken();
      }
      other.run(() -> allocator().trim());
      other.close();
    }
  }

  /** Blocks of this thread that another one freed. */
  public static class FreedByAnotherThread extends TwoThreads {

    @Override
    protected void fill() {
      allocateAll();
    }

    /** Before each batch. */
    @Setup(Level.Invocation)
    public void prepare() {
      other.run(this::freeAll);
    }

    @Override
    protected void prove(Rise rise) {
      rise.require("each block is drained", rise.of("pool_v1_drained") == rise.allocations());
    }

    @Override
    protected void drain() {
      freeAll();
      other.close();
    }
  }

  /** Pages of a thread that has ended, each with one block in use and one free. */
  public static class OfEndedThread extends Layered {

    /** Two of them are a page, and no page of the class is longer. */
    private static final long HALF_PAGE = 96 << 10;

    private final long[] live = new long[PAGES];
    private final long[] blocks = new long[2 * PAGES];
    private long mine;
    private long turns;

    /** Before each adoption. */
    @Setup(Level.Invocation)
    public void prepare() throws InterruptedException {
      drain();
      // The heap shall have no free block, or it would not look for one.
      allocator().trim();
      Thread mortal = new Thread(this::leaveHalfPages);
      mortal.start();
      mortal.join();
    }

    private void leaveHalfPages() {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator().allocate(HALF_PAGE);
      }
      for (int page = 0; page < PAGES; page++) {
        live[page] = blocks[2 * page];
        allocator().free(blocks[2 * page + 1]);
      }
    }

    long adoptAll() {
      mine = allocator().allocate(HALF_PAGE);
      turns++;
      return mine;
    }

    @Override
    protected void prove(Rise rise) {
      rise.require("all pages are adopted", rise.of("pool_v1_adopted") == turns * PAGES);
    }

    @Override
    protected void drain() {
      if (mine != 0) {
        allocator().free(mine);
        for (long block : live) {
          allocator().free(block);
        }
        mine = 0;
      }
    }
  }

  /** Blocks above the last class. */
  public static class Large extends Layered {

    @Override
    protected void prove(Rise rise) {
      rise.require("no bin has a page", allocator().stats().cachedBytes() == 0);
      long reserved = allocator().stats().reservedBytes();
      long block = allocator().allocate(MAPPED_BYTES);
      long more = allocator().stats().reservedBytes() - reserved;
      allocator().free(block);
      rise.require(
          "the largest have mappings, but %d B are reserved for one".formatted(more),
          more == MAPPED_BYTES);
    }

    @Override
    protected void fill() {
      pair(SPAN_BYTES);
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
  @Meaning("allocates and frees the same block of 512 B")
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
  @Meaning("allocates a block that needs a page, which is in the store")
  public void refill(InStore state, Blackhole sink) {
    state.swing().take(state.allocator(), sink);
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  @Meaning("allocates a block that needs a page, whose memory is taken from the system")
  public void refillFromSystem(InSystem state, Blackhole sink) {
    state.swing().take(state.allocator(), sink);
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  @Meaning("frees the last block of a page, which is collected and goes to the store")
  public void spill(Taken state) {
    state.swing().giveBackNow(state.allocator());
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  @Meaning("frees a block of 512 B that a waiting thread allocated")
  public void remoteFree(OfAnotherThread state) {
    state.freeTaken();
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  @Meaning("allocates a block of 512 B that another thread freed; 8 pages are drained")
  public void drain(FreedByAnotherThread state) {
    state.allocateAll();
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  @Meaning("adopts a page of an ended thread, of 64 that one allocation takes over")
  public long adopt(OfEndedThread state) {
    return state.adoptAll();
  }

  @Benchmark
  @Meaning("allocates and frees 1 MiB, a run of pages of its own")
  public long span(Large state) {
    return state.pair(SPAN_BYTES);
  }

  @Benchmark
  @Meaning("allocates and frees 64 MiB, a mapping of its own")
  public long ownMapping(Large state) {
    return state.pair(MAPPED_BYTES);
  }
}
