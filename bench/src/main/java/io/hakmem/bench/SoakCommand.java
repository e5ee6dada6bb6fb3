package io.hakmem.bench;

import io.hakmem.HakAllocator;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.GateOptions;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.soak.Soak;
import io.hakmem.bench.soak.SoakPage;
import io.hakmem.bench.soak.SoakSample;
import io.hakmem.bench.soak.SoakVerdict;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem soak}: whether memory stays as it is. */
@Command(
    name = "soak",
    description = {
      "Says whether memory stays as it is while a program runs for long.",
      "It runs phases of changing sizes from threads that come and go, and looks at what "
          + "is resident after each. Then it frees a burst and says how much of it is resident "
          + "still. The exit code is 1 if memory grows or is kept.",
      "Example: hakmem soak --minutes 10 --html soak.html"
    },
    mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {

  private static final int PHASES = 60;
  private static final long LONGEST_PHASE_NS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_BURST_MIB = 1 << 20;

  @Mixin private PageOptions result;

  @Mixin private GateOptions gates;

  @Option(names = "--minutes", paramLabel = "M", description = "How long (${DEFAULT-VALUE}).")
  private double minutes = 10;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a phase (${DEFAULT-VALUE}).")
  private int threads = 4;

  @Option(
      names = "--burst-mib",
      paramLabel = "N",
      description = "Size of the burst in MiB (${DEFAULT-VALUE}).")
  private int burstMib = 1024;

  @Override
  public Integer call() throws Exception {
    check();
    result.checkPage();
    try (HakAllocator allocator = SubjectKind.compose(gates.profile(), gates.gates())) {
      Soak soak = new Soak(allocator, threads, 1);
      long totalNs = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
      long phaseNs = Math.min(LONGEST_PHASE_NS, totalNs / PHASES);
      List<SoakSample> samples =
          soak.run(totalNs, phaseNs, sample -> Progress.show(line(sample).strip()));
      SoakVerdict verdict = SoakVerdict.of(samples);
      SoakVerdict.Burst burst = soak.burst((long) burstMib << 20);
      Progress.clear();
      print(samples, verdict, burst);
      return verdict.isFlat() && burst.isGivenBack() ? 0 : 1;
    }
  }

  private void check() {
    if (!(minutes > 0)) {
      throw result.wrong("--minutes=" + minutes + " must be above 0");
    }
    result.check("--threads", threads, 1, CallOptions.MAX_THREADS);
    result.check("--burst-mib", burstMib, 1, MOST_BURST_MIB);
  }

  private void print(List<SoakSample> samples, SoakVerdict verdict, SoakVerdict.Burst burst)
      throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("samples", samples);
    fields.put("verdict", verdict);
    fields.put("burst", burst);
    result.print(
        fields,
        out -> print(samples, verdict, burst, out),
        () -> SoakPage.of(samples, verdict, burst, result.provenance()));
  }

  private static void print(
      List<SoakSample> samples, SoakVerdict verdict, SoakVerdict.Burst burst, PrintWriter out) {
    out.println("phase mix    seconds  resident MiB  committed MiB  live MiB");
    samples.forEach(sample -> out.println(line(sample)));
    out.printf(
        "resident memory %s: %.1f MiB along the median slope, limit %.1f MiB%n",
        verdict.isFlat() ? "is flat" : "GROWS",
        mib(verdict.growthBytes()),
        mib(verdict.limitBytes()));
    out.printf(
        "burst of %.0f MiB: resident %.1f MiB before, %.1f MiB at its peak, %.1f MiB after;"
            + " %.2f %% of it %s%n",
        mib(burst.bytes()),
        mib(burst.beforeBytes()),
        mib(burst.peakBytes()),
        mib(burst.afterBytes()),
        burst.retained() * 100,
        burst.isGivenBack() ? "is kept" : "IS KEPT");
  }

  private static String line(SoakSample sample) {
    return "%5d %-6s %7.1f %13.1f %14.1f %9.1f"
        .formatted(
            sample.phase(),
            sample.mix(),
            sample.seconds(),
            mib(sample.residentBytes()),
            mib(sample.committedBytes()),
            mib(sample.liveBytes()));
  }

  private static double mib(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
