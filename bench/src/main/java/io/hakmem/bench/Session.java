package io.hakmem.bench;

import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.report.Report;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Footprint;
import io.hakmem.bench.workload.Measurement;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.ProcessMemory;
import io.hakmem.bench.workload.ResidentBlocks;
import io.hakmem.bench.workload.Rounds;
import io.hakmem.bench.workload.Trace;
import io.hakmem.bench.workload.Workload;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Measures one subject under one load in this JVM. */
final class Session {

  private final MeasureOptions options;
  private final Workload load;
  private final Plan plan;
  private final boolean verify;

  Session(MeasureOptions options, Workload load, boolean verify) {
    this.options = options;
    this.load = load;
    this.verify = verify;
    plan = options.plan();
  }

  Report run() throws ExecutionException {
    Census census = load.census();
    if (census.calls().allocs() != census.calls().frees()) {
      throw new IllegalStateException("the load does not free what it allocates");
    }
    ResidentBlocks resident = new ResidentBlocks();
    long faults = ProcessMemory.minorFaults();
    long openedNs = System.nanoTime();
    Measurement measurement;
    String composition;
    SortedMap<String, Long> counters;
    List<String> statistics;
    try (Subject subject = open();
        Rounds rounds = new Rounds(load, subject, census.calls())) {
      measurement = rounds.measure(plan, openedNs, faults);
      composition = subject.composition();
      counters = subject.counters();
      statistics = subject.statistics();
    }
    return new Report(
        load,
        options.subject().toString(),
        options.profile(),
        composition,
        measurement,
        census,
        footprint(resident),
        counters,
        statistics);
  }

  private @Nullable Footprint footprint(ResidentBlocks resident) {
    if (!(load instanceof Trace trace) || !canHold()) {
      return null;
    }
    try (Subject subject = open()) {
      return trace.footprint(subject, verify, resident);
    }
  }

  /** The loop without allocator has one block, which cannot be filled twice. */
  private boolean canHold() {
    return options.subject().isAllocator();
  }

  private Subject open() {
    return options
        .subject()
        .open(options.gates().profile(), options.gates().gates(), load.maxBytes());
  }
}
