package io.hakmem.bench.gauge;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.report.Report;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Measurement;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.ProcessMemory;
import io.hakmem.bench.workload.Rounds;
import io.hakmem.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Measures one subject under one load in this JVM; the native driver does the same in C. */
public final class Gauge {

  private final Workload load;
  private final Supplier<Subject> opener;
  private final String subjectName;
  private final @Nullable String profile;
  private final Measure measure;
  private final Plan plan;
  private final Map<String, Object> more = new LinkedHashMap<>();

  /** The opener composes the subject, which is named in the result with its profile. */
  public Gauge(
      Workload load,
      String subjectName,
      @Nullable String profile,
      Supplier<Subject> opener,
      Measure measure,
      Plan plan) {
    this.load = load;
    this.subjectName = subjectName;
    this.profile = profile;
    this.opener = opener;
    this.measure = measure;
    this.plan = measure.plan(plan);
  }

  /** Measures, and returns the fields of a report with those of the measure behind them. */
  public Map<String, Object> fields() throws ExecutionException {
    Census census = load.census();
    return switch (measure) {
      case SPEED -> fields(census, UnaryOperator.identity(), Gauge::measured);
      case LATENCY -> latency(census);
      case MEMORY -> memory(census);
    };
  }

  /** The rounds of a subject that was opened at a time, with so many page faults before. */
  @FunctionalInterface
  private interface Measuring {
    Measurement measure(Opened opened) throws ExecutionException;
  }

  private record Opened(Subject subject, Rounds rounds, Plan plan, long atNs, long faults) {

    Opened warm() {
      return new Opened(subject, rounds, new Plan(0, plan.runs(), plan.budgetMs()), atNs, faults);
    }
  }

  private static Measurement measured(Opened opened) throws ExecutionException {
    return opened.rounds().measure(opened.plan(), opened.atNs(), opened.faults());
  }

  private Map<String, Object> fields(
      Census census, UnaryOperator<Blocks> wrapper, Measuring measuring) throws ExecutionException {
    long faults = ProcessMemory.minorFaults();
    long openedNs = System.nanoTime();
    try (Subject subject = new WrappedSubject(opener.get(), wrapper);
        Rounds rounds = new Rounds(load, subject, census.calls())) {
      Measurement measurement =
          measuring.measure(new Opened(subject, rounds, plan, openedNs, faults));
      Report report =
          new Report(
              load,
              subjectName,
              profile,
              subject.composition(),
              measurement,
              census,
              null,
              subject.counters(),
              subject.statistics());
      Map<String, Object> fields = new LinkedHashMap<>(report.fields());
      fields.putAll(more);
      return fields;
    }
  }

  private Map<String, Object> latency(Census census) throws ExecutionException {
    Times times = new Times();
    return fields(
        census,
        times::timed,
        opened -> {
          // Rounds that do not count, with the clock in them: else they would be compiled anew.
          measured(opened);
          times.forget();
          Measurement measurement = measured(opened.warm());
          more.put("allocate_p999_ns", times.tailNs());
          more.put("allocate_max_ns", times.maxNs());
          return measurement;
        });
  }

  /** What opening loads and sets up once, such as classes, is no part of what the load takes. */
  private Map<String, Object> memory(Census census) throws ExecutionException {
    try (Subject subject = opener.get()) {
      Blocks blocks = subject.blocks();
      blocks.free(blocks.allocate(1));
    }
    Burst burst = new Burst(Measure.BURST_BYTES);
    long javaBytes = Held.javaBytes();
    long baseline = ProcessMemory.exactResidentBytes() + javaBytes;
    ProcessMemory.resetPeak();
    return fields(
        census,
        FilledBlocks::new,
        opened -> {
          Measurement measurement = measured(opened);
          long peak = ProcessMemory.peakResidentBytes() + Held.javaBytes();
          opened.rounds().runOnce(() -> burst.run(opened.subject()));
          more.put("peak_rss_growth_bytes", Math.max(0, peak - baseline));
          more.put("burst_peak_bytes", Math.max(0, burst.peakBytes() - baseline));
          more.put("burst_retained_bytes", Math.max(0, burst.retainedBytes() - baseline));
          return measurement;
        });
  }
}
