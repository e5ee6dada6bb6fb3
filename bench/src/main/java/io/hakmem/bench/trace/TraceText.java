package io.hakmem.bench.trace;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What a trace holds, for a terminal. */
public final class TraceText {

  private static final int BAR = 40;
  private static final String[] TIMES = {"ns", "µs", "ms", "s"};
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};

  private TraceText() {}

  /** Prints all of it. */
  public static void print(TraceInfo info, PrintWriter out) {
    summary(info, out);
    bars("sizes up to", out, info.sizes(), of -> bytes(of.bytes()), TraceInfo.Size::count);
    bars(
        "most frequent sizes",
        out,
        info.commonSizes(),
        of -> bytes(of.bytes()),
        TraceInfo.Size::count);
    bars(
        "lifetimes up to",
        out,
        info.lifetimes(),
        of -> time(info, of.most()),
        TraceInfo.Lifetime::count);
    bars(
        "threads with the most operations",
        out,
        info.busiest(),
        of -> Integer.toString(of.thread()),
        of -> of.allocations() + of.frees());
    bars(
        "bytes that live, over time",
        out,
        info.live(),
        at -> time(info, at.at()),
        TraceInfo.Moment::bytes);
  }

  private static String counted(long number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  private static void summary(TraceInfo info, PrintWriter out) {
    info.warnings().forEach(sentence -> out.println("warning: " + sentence));
    out.println(
        "%s of %s in %s"
            .formatted(
                counted(info.events(), "event"),
                counted(info.threads(), "thread"),
                time(info, info.duration())));
    out.println(
        "%s (%,d cleared, %,d aligned), %s, %s, %,d by other threads"
            .formatted(
                counted(info.allocations(), "allocation"),
                info.cleared(),
                info.aligned(),
                counted(info.reallocations(), "reallocation"),
                counted(info.frees(), "free"),
                info.remoteFrees()));
    out.println(
        "%s allocated; at most %s in %s live; %s live at the end"
            .formatted(
                bytes(info.allocatedBytes()),
                bytes(info.peakLiveBytes()),
                counted(info.peakLiveBlocks(), "block"),
                counted(info.liveAtEnd(), "block")));
  }

  private static <R> void bars(
      String title,
      PrintWriter out,
      List<R> rows,
      Function<R, String> label,
      ToLongFunction<R> value) {
    out.println();
    out.println(title);
    long most = Math.max(1, rows.stream().mapToLong(value).max().orElse(1));
    for (R row : rows) {
      long length = Math.round((double) value.applyAsLong(row) * BAR / most);
      out.println(
          "%12s %,15d %s"
              .formatted(label.apply(row), value.applyAsLong(row), "#".repeat((int) length)));
    }
  }

  /** A time of the trace, which may be counted in events. */
  public static String time(TraceInfo info, long value) {
    return info.hasTimes() ? scaled(value, 1000, TIMES) : "%,d events".formatted(value);
  }

  /** In the largest unit that leaves at least 1. */
  public static String bytes(long value) {
    return scaled(value, 1024, SIZES);
  }

  private static String scaled(long value, int step, String[] units) {
    double shown = value;
    int unit = 0;
    while (shown >= step && unit < units.length - 1) {
      shown /= step;
      unit++;
    }
    String text = String.format(Locale.ROOT, shown == Math.rint(shown) ? "%.0f" : "%.1f", shown);
    return text + " " + units[unit];
  }
}
