package io.hakmem.bench.replay;

import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.MemoryPart;
import io.hakmem.bench.result.MemorySample;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.result.Report;
import java.util.List;
import java.util.Locale;

/** The memory of a replay as a page. */
public final class ReplayPage {

  private static final double MIB = 1 << 20;

  private ReplayPage() {}

  /** Whether a result has what the page draws. */
  public static boolean isPossible(Report report) {
    return !report.memory().memorySamples().isEmpty();
  }

  /** The page of a replay that filled its blocks. */
  public static String of(Report report, Provenance from) {
    List<MemorySample> samples = report.memory().memorySamples();
    HtmlPage page =
        new HtmlPage(
            "Memory of a replay on " + report.setup().subject(),
            new Conclusion(Tone.NEUTRAL, conclusion(report)));
    page.section("Memory over the events");
    page.chart(MemoryPart.chart("Each block is filled", samples));
    page.section("All samples");
    page.table(MemoryPart.TABLE, samples, _ -> "");
    page.provenance(from);
    return page.end();
  }

  private static String conclusion(Report report) {
    Long live = report.calls().peakLiveBytes();
    return String.format(
        Locale.ROOT,
        "At most %.1f MiB are resident, and %.1f MiB are live as the program asked for them.",
        report.peakResidentBytes() / MIB,
        (live == null ? 0 : live) / MIB);
  }
}
