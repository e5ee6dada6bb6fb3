package io.hakmem.bench.jmh;

import io.hakmem.InstalledBoxes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** The cost of finding the boxes, paid once per pool. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BoxLookup {

  @Benchmark
  public List<String> names() {
    return InstalledBoxes.names();
  }
}
