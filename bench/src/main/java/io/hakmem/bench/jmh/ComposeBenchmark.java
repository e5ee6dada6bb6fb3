package io.hakmem.bench.jmh;

import io.hakmem.Composition;
import io.hakmem.Compositions;
import io.hakmem.HakAllocator;
import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Settings and composition: what a program pays once. */
@Measures("pool-core")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ComposeBenchmark {

  /** The profiles that differ most in what they compose. */
  @State(Scope.Benchmark)
  public static class Profiled {

    /** A profile. */
    @Param({"LEGACY", "C6_HEAVY_LEGACY_POOLV1", "MIXED_TINYV3_C7_SAFE", "THROUGHPUT"})
    private String profile;

    /** Composes once, and looks whether the profile is in it. */
    @Setup(Level.Trial)
    public void check() {
      try (HakAllocator allocator = compose()) {
        Composition composed = allocator.composition();
        if (!composed.gate("HAKMEM_PROFILE").equals(Optional.of(profile))) {
          throw new IllegalStateException(profile + " did not arrive:\n" + composed);
        }
      }
    }

    HakAllocator compose() {
      return HakAllocator.builder().profile(profile).build();
    }

    List<Compositions.GateInfo> gates() {
      return Compositions.gates(Map.of(), profile);
    }
  }

  @Benchmark
  @Meaning("nothing: the builder, which is not asked to build")
  public HakAllocator.Builder baseline() {
    return HakAllocator.builder().profile("THROUGHPUT");
  }

  @Benchmark
  @Meaning("reads the value of every gate from profile, environment and system properties")
  public List<Compositions.GateInfo> settings(Profiled state) {
    return state.gates();
  }

  @Benchmark
  @Meaning("composes an allocator and closes it")
  public boolean compose(Profiled state) {
    try (HakAllocator allocator = state.compose()) {
      return allocator.owns(0);
    }
  }

  @Benchmark
  @Meaning("composes, allocates the first block, for which a heap is made, and closes")
  public long composeAndAllocate(Profiled state) {
    try (HakAllocator allocator = state.compose()) {
      return allocator.allocate(512);
    }
  }
}
