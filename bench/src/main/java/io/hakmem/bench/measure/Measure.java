package io.hakmem.bench.measure;

import io.hakmem.bench.workload.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What one process finds out. Each disturbs the others, so that a process measures one. */
public enum Measure {
  /** The time of whole rounds. */
  SPEED,
  /** The time of each allocation. */
  LATENCY,
  /** How much memory the load takes with every block filled, and what is left after a burst. */
  MEMORY;

  /** The bytes of a burst. */
  public static final int BURST_BYTES = 64 << 20;

  /** Finds a measure by its name. */
  public static Measure of(String name) {
    for (Measure measure : values()) {
      if (measure.toString().equals(name)) {
        return measure;
      }
    }
    throw new IllegalArgumentException(
        "measure=" + name + " is not one of " + String.join(", ", names()));
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(Measure::toString).toList();
  }

  /** A round takes the same memory each time, and blocks that are filled are slow: two must do. */
  public Plan plan(Plan asked) {
    return this == MEMORY ? new Plan(0, 1, asked.budgetMs()) : asked;
  }

  /**
   * The options of a JVM that measures it. For memory the Java heap is touched beforehand and code
   * is compiled simply, so that what grows is the allocator and not the JVM.
   */
  public List<String> jvmOptions() {
    return this == MEMORY
        ? List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xms512m",
            "-Xmx512m",
            "-XX:+AlwaysPreTouch")
        : List.of();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
