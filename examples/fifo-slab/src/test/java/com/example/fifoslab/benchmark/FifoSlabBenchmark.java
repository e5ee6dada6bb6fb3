package com.example.fifoslab.benchmark;

import io.hakmem.HakAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Single operations, with the box and without it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FifoSlabBenchmark {

  private static final String NAME = "fifo-slab";
  private static final String GATE = "HAKMEM_FIFO_SLAB_ENABLE";
  private static final int BLOCKS = 1024;

  private final long[] blocks = new long[BLOCKS];
  private HakAllocator allocator;

  /** Whether the box takes part. */
  @Param({"1", "0"})
  private String enabled;

  /** Size of each block. */
  @Param({"16", "512"})
  private long bytes;

  /** Composes an allocator, and checks that it is what the parameters say. */
  @Setup
  public void compose() {
    allocator = HakAllocator.builder().profile("THROUGHPUT").set(GATE, enabled).build();
    boolean isServed =
        allocator.composition().boxFor(bytes).filter(box -> box.name().equals(NAME)).isPresent();
    if (isServed != enabled.equals("1")) {
      throw new IllegalStateException("enabled=" + enabled + " but " + allocator.describe());
    }
  }

  /** Gives all memory back. */
  @TearDown
  public void close() {
    allocator.close();
  }

  /** Allocates a block and frees it. */
  @Benchmark
  public long pair() {
    long address = allocator.allocate(bytes);
    allocator.free(address);
    return address;
  }

  /** Allocates many blocks and frees them in the same order. */
  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public void batch() {
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = allocator.allocate(bytes);
    }
    for (int i = 0; i < BLOCKS; i++) {
      allocator.free(blocks[i]);
    }
  }

  /** What the measurement itself takes. */
  @Benchmark
  public long baseline() {
    return bytes;
  }
}
