package io.hakmem.bench.soak;

import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Mark;
import io.hakmem.bench.page.MemoryPart;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.result.Provenance;
import java.util.List;
import java.util.Locale;

/** A soak as a page: its memory over time. */
public final class SoakPage {

  private static final Table<SoakSample> SAMPLES =
      Table.of(
          "",
          List.of(
              Column.figure("%s", "phase", 0, SoakSample::phase),
              Column.text("%s", "sizes", SoakSample::mix),
              Column.figure("%s", "seconds", 1, SoakSample::seconds),
              Column.figure("%s", "resident MiB", 1, sample -> mib(sample.residentBytes())),
              Column.figure("%s", "committed MiB", 1, sample -> mib(sample.committedBytes())),
              Column.figure("%s", "live MiB", 1, sample -> mib(sample.liveBytes()))));

  private SoakPage() {}

  /** The page of a soak that is over. */
  public static String of(
      List<SoakSample> samples, SoakVerdict verdict, SoakVerdict.Burst burst, Provenance from) {
    HtmlPage page = new HtmlPage("Memory over time", conclusion(verdict, burst));
    page.section("After each phase");
    page.chart(
        MemoryPart.chart(
            "Memory after each phase", samples.stream().map(SoakSample::memory).toList()));
    page.section("A burst of %.0f MiB".formatted(mib(burst.bytes())));
    page.chart(
        new Chart.Bars(
            "Resident memory",
            "MiB",
            false,
            List.of(
                Bar.of("before the burst", Family.HAKMEM, mib(burst.beforeBytes())),
                Bar.of("at its peak", Family.HAKMEM, mib(burst.peakBytes())),
                Bar.of("after it", Family.HAKMEM, mib(burst.afterBytes()))),
            List.of(new Mark("before", mib(burst.beforeBytes())))));
    page.section("All figures");
    page.table(SAMPLES, samples, _ -> "");
    page.provenance(from);
    return page.end();
  }

  private static Conclusion conclusion(SoakVerdict verdict, SoakVerdict.Burst burst) {
    boolean held = verdict.isFlat() && burst.isGivenBack();
    return new Conclusion(
        held ? Tone.GOOD : Tone.BAD,
        String.format(
            Locale.ROOT,
            "Resident memory %s (%.1f MiB along the median slope, limit %.1f MiB), and %.2f %% of a"
                + " burst is kept.",
            verdict.isFlat() ? "is flat" : "grows",
            mib(verdict.growthBytes()),
            mib(verdict.limitBytes()),
            100 * burst.retained()));
  }

  private static double mib(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
