package io.hakmem.arrow.benchmark;

import io.hakmem.HakAllocator;
import io.hakmem.arrow.HakArrowMemory;
import io.hakmem.gate.Profiles;
import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Buffers of Arrow in memory of HAKMEM, beside those of Arrow's own manager. */
@Measures("hakmem-arrow")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ArrowBenchmark {

  /** A root, over our memory or Arrow's. */
  @State(Scope.Benchmark)
  public static class Root {

    @Param({"hakmem", "unsafe"})
    private String manager;

    @Param({"1024", "65536"})
    private long bytes;

    private HakArrowMemory memory;
    private BufferAllocator root;

    /** Makes the root, and sees that a buffer lies in its memory. */
    @Setup(Level.Trial)
    public void open() {
      switch (manager) {
        case "hakmem" -> {
          memory = new HakArrowMemory(HakAllocator.builder().profile(Profiles.THROUGHPUT));
          root = memory.newRoot(Long.MAX_VALUE);
        }
        case "unsafe" -> root = new RootAllocator();
        default ->
            throw new IllegalArgumentException(
                "manager=%s must be hakmem or unsafe".formatted(manager));
      }
      try (ArrowBuf buffer = root.buffer(bytes)) {
        if (memory != null && !memory.owns(buffer.memoryAddress())) {
          throw new IllegalStateException("a buffer lies in other memory");
        }
      }
    }

    /** The root throws if a buffer is left. */
    @TearDown(Level.Trial)
    public void close() {
      root.close();
      if (memory != null) {
        memory.close();
      }
    }

    void pair() {
      root.buffer(bytes).close();
    }
  }

  /** A buffer that is closed at once. */
  @Benchmark
  @Meaning("makes a buffer and closes it")
  public void pair(Root root) {
    root.pair();
  }
}
