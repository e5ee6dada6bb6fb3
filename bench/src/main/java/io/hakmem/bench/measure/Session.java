package io.hakmem.bench.measure;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.OwnCode;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.peer.WrappedSubject;
import io.hakmem.bench.replay.Footprint;
import io.hakmem.bench.replay.Replay;
import io.hakmem.bench.replay.ResidentBlocks;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Measurement;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.ProcessMemory;
import io.hakmem.bench.workload.Rounds;
import io.hakmem.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Measures one subject under one load in this JVM; the native driver does the same in C.
 *
 * @param load what runs
 * @param subject what it runs on
 * @param measure what is found out
 * @param plan how long
 * @param filling what a trace does after its timed rounds
 */
public record Session(Workload load, Choice subject, Measure measure, Plan plan, Filling filling) {

  /** The loop without an allocator has one block, which a burst uses too. */
  private static final int LEAST_BYTES = 4096;

  /** Whether a trace is replayed once more, to see how much memory its blocks take. */
  public enum Filling {
    /** It is not. */
    NONE,
    /** With every block filled. */
    FILL,
    /** The same, and each block is looked at before its free. */
    VERIFY
  }

  /**
   * A subject that is not open yet.
   *
   * @param profile of HAKMEM, as it is given to it
   * @param shown the profile that counts, wherever it comes from
   */
  public record Choice(
      SubjectKind kind, @Nullable String profile, Map<String, String> gates, String shown) {

    private Subject open(Workload load) {
      return kind.open(profile, gates, Math.max(LEAST_BYTES, load.maxBytes()));
    }
  }

  /** What is known when the subject is closed. */
  private record Ran(
      Measurement times,
      String composition,
      SortedMap<String, Long> counters,
      List<String> statistics,
      Report.@Nullable Composed composed,
      Report.@Nullable Latency latency,
      Report.@Nullable Burst burst) {}

  /** Measures; the JVM has no other composition. */
  public Report run() throws ExecutionException {
    return run(() -> null);
  }

  /**
   * Measures while a second composition is alive that ran the same load before. What is shared is
   * the allocator's code alone: each call site of a program sees one composition as a rule, so the
   * second one has a loop of its own.
   */
  public Report runBeside(String profile) throws ExecutionException {
    Workload own = OwnCode.like(Workload.class, load);
    try (Subject subject = SubjectKind.openApart(profile);
        Rounds rounds = new Rounds(own, subject, own.census().calls())) {
      Measurement times = rounds.measure(plan, System.nanoTime(), 0);
      double mops = load.ops() * 1e3 / times.medianNs();
      return run(() -> new Report.Neighbour(profile, times.rounds(), mops, subject.counters()));
    }
  }

  private Report run(Supplier<Report.@Nullable Neighbour> neighbour) throws ExecutionException {
    ResidentBlocks resident = filling == Filling.NONE ? null : new ResidentBlocks();
    Census census = load.census();
    Ran ran = ran(census);
    Footprint filled = resident == null ? null : footprint(resident);
    return new Report(
        setup(ran),
        times(ran.times),
        calls(census),
        memory(ran.times, census, filled),
        ran.counters,
        ran.statistics,
        ran.latency,
        ran.burst,
        neighbour.get(),
        ran.composed);
  }

  private Ran ran(Census census) throws ExecutionException {
    AllocationTimes clock = new AllocationTimes();
    Growth growth = measure == Measure.MEMORY ? growth() : null;
    long faults = ProcessMemory.minorFaults();
    long openedNs = System.nanoTime();
    try (Subject opened = new WrappedSubject(subject.open(load), wrapper(clock));
        Rounds rounds = new Rounds(load, opened, census.calls())) {
      Plan planned = measure.plan(plan);
      Measurement times = rounds.measure(planned, openedNs, faults);
      if (measure == Measure.LATENCY) {
        // Those rounds do not count: without the clock in them all would be compiled anew.
        clock.forget();
        times = rounds.measure(new Plan(0, planned.runs(), planned.budgetMs()), openedNs, faults);
      }
      return new Ran(
          times,
          opened.composition(),
          opened.counters(),
          opened.statistics(),
          composed(opened),
          measure == Measure.LATENCY ? new Report.Latency(clock.tailNs(), clock.maxNs()) : null,
          growth == null ? null : growth.of(opened, rounds));
    }
  }

  private static Report.@Nullable Composed composed(Subject opened) {
    return opened
        .facts()
        .map(facts -> new Report.Composed(facts, opened.sizeClasses()))
        .orElse(null);
  }

  private UnaryOperator<Blocks> wrapper(AllocationTimes clock) {
    return switch (measure) {
      case SPEED -> UnaryOperator.identity();
      case LATENCY -> clock::timed;
      case MEMORY -> FilledBlocks::new;
    };
  }

  /** What opening loads and sets up once, such as classes, is no part of what the load takes. */
  private Growth growth() {
    try (Subject first = subject.open(load)) {
      Blocks blocks = first.blocks();
      blocks.free(blocks.allocate(1));
    }
    Burst burst = new Burst(Measure.BURST_BYTES);
    long baseline = Held.bytes();
    ProcessMemory.resetPeak();
    return new Growth(burst, baseline);
  }

  /** The process before the subject is opened, and what comes behind the load. */
  private record Growth(Burst burst, long baseline) {

    Report.Burst of(Subject opened, Rounds rounds) throws ExecutionException {
      long peak = ProcessMemory.peakResidentBytes() + Held.javaBytes();
      rounds.runOnce(() -> burst.run(opened));
      return new Report.Burst(
          Math.max(0, peak - baseline),
          Math.max(0, burst.peakBytes() - baseline),
          Math.max(0, burst.retainedBytes() - baseline));
    }
  }

  /** The loop without an allocator has one block, which cannot be filled twice. */
  private @Nullable Footprint footprint(ResidentBlocks resident) {
    if (!(load instanceof Replay trace) || !subject.kind.isAllocator()) {
      return null;
    }
    try (Subject opened = subject.open(load)) {
      return trace.footprint(opened, filling == Filling.VERIFY, resident);
    }
  }

  private Report.Setup setup(Ran ran) {
    return new Report.Setup(
        load.name(),
        subject.kind.toString(),
        subject.shown.isEmpty() ? "default" : subject.shown,
        ran.composition,
        null,
        load.threads(),
        load.ops(),
        new LinkedHashMap<>(load.parameters()));
  }

  private Report.Times times(Measurement times) {
    return new Report.Times(
        mops(times.coldNs()),
        mops(times.medianNs()),
        rounded((double) times.medianNs() / load.ops()),
        times.steadyNs().stream().map(this::mops).toList(),
        times.rounds());
  }

  private static Report.Calls calls(Census census) {
    return new Report.Calls(
        census.calls().allocs(),
        census.calls().frees(),
        census.reallocs(),
        census.peakLive(),
        census.peakLiveBytes());
  }

  private static Report.Memory memory(
      Measurement times, Census census, @Nullable Footprint filled) {
    long committed = filled == null ? times.peakCommittedBytes() : filled.peakCommittedBytes();
    return new Report.Memory(
        peakResidentBytes(committed, filled),
        committed,
        filled == null ? null : filled.verifiedBlocks(),
        filled == null ? null : filled.peakUsableBytes(),
        filled == null
            ? null
            : rounded((double) filled.peakUsableBytes() / Math.max(1, census.peakLiveBytes()) - 1),
        ProcessMemory.residentBytes(),
        ProcessMemory.peakResidentBytes(),
        times.coldFaults(),
        times.steadyFaults(),
        filled == null ? List.of() : filled.samples());
  }

  private static long peakResidentBytes(long committed, @Nullable Footprint filled) {
    if (filled != null && filled.peakResidentBytes() > 0) {
      return filled.peakResidentBytes();
    }
    return committed > 0 ? committed : ProcessMemory.peakResidentBytes();
  }

  private double mops(long ns) {
    return rounded(load.ops() * 1e3 / ns);
  }

  /** To three digits behind the point, of small values to six: large blocks take long. */
  private static double rounded(double value) {
    double scale = Math.abs(value) < 1 ? 1e6 : 1e3;
    return Math.round(value * scale) / scale;
  }
}
