package io.hakmem.bench.jmh;

import io.hakmem.bench.load.MidLarge;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.workload.Tally;
import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The standard load as one benchmark; with {@code -prof gc} it tells the Java bytes of a step. */
@Measures("bench")
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StandardLoadBenchmark {

  private static final int STEPS = 1_000_000;
  private static final int SLOTS = 400;

  /** What allocates. */
  @Param({"hakmem", "mi-malloc", "floor"})
  private String subject;

  /** The smallest and the largest request, in bytes. */
  @Param({"257-768", "16-1024"})
  private String sizes;

  private Subject opened;
  private MidLarge load;

  /** Composes the subject. */
  @Setup(Level.Trial)
  public void open() {
    String[] bounds = sizes.split("-", 2);
    int min = Integer.parseInt(bounds[0]);
    int max = Integer.parseInt(bounds[1]);
    load = new MidLarge(1, STEPS, SLOTS, 1, min, max);
    opened = SubjectKind.of(subject).open(null, Map.of("HAKMEM_POOL_ZERO_MODE", "off"), max);
  }

  /** Gives the memory back. */
  @TearDown(Level.Trial)
  public void close() {
    opened.close();
  }

  @Benchmark
  @OperationsPerInvocation(STEPS)
  @Meaning("a step of the standard load: frees or allocates in one of 400 slots")
  public Tally round() {
    return load.run(opened, 0);
  }
}
