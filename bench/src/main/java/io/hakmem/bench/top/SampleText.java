package io.hakmem.bench.top;

import io.hakmem.Stats;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sample as lines of at most 80 characters, beside the one before.
 *
 * @param rows the most classes, and the most fallbacks, of an allocator that are shown
 */
public record SampleText(int rows) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final double NS_A_SECOND = 1e9;
  private static final long KIB = 1024;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  /** The lines; without rates if there is no sample before. */
  public String of(Sample now, @Nullable Sample before) {
    Formatter out = new Formatter(Locale.ROOT);
    String time = TIME.format(now.time().atZone(ZoneId.systemDefault()));
    for (Map.Entry<String, Stats> allocator : now.byName().entrySet()) {
      Stats earlier = before == null ? null : before.byName().get(allocator.getKey());
      double seconds = before == null ? 0 : (now.takenNs() - before.takenNs()) / NS_A_SECOND;
      out.format("%s  JVM %s  %s%n", time, now.jvm(), allocator.getKey());
      memory(out, allocator.getValue());
      operations(out, allocator.getValue(), new Rate(earlier, seconds));
      boxes(out, allocator.getValue(), new Rate(earlier, seconds));
      classes(out, allocator.getValue());
      fallbacks(out, allocator.getValue());
      out.format("%n");
    }
    return out.toString();
  }

  private static void memory(Formatter out, Stats now) {
    out.format(
        "committed %10s  peak %10s  limit %10s  reserved %10s%n",
        bytes(now.committedBytes()),
        bytes(now.peakCommittedBytes()),
        now.limitBytes() == 0 ? "none" : bytes(now.limitBytes()),
        bytes(now.reservedBytes()));
    out.format(
        "live      %10s  cached %8s  unused %9s%n",
        bytes(now.liveBytes()),
        bytes(now.cachedBytes()),
        bytes(Math.max(0, now.committedBytes() - now.liveBytes() - now.cachedBytes())));
  }

  private static void operations(Formatter out, Stats now, Rate rate) {
    out.format(
        "allocations %,d (%s)  frees %,d (%s)%n",
        now.allocations(),
        rate.of(now.allocations(), rate.total(Stats::allocations)),
        now.frees(),
        rate.of(now.frees(), rate.total(Stats::frees)));
    out.format(
        "remote frees %,d (%s)  trims %,d%n",
        now.remoteFrees(), rate.of(now.remoteFrees(), rate.total(Stats::remoteFrees)), now.trims());
    out.format(
        "refused: foreign %,d, interior %,d, already free %,d, wrong size %,d%n",
        now.refused().foreign(),
        now.refused().interior(),
        now.refused().alreadyFree(),
        now.refused().wrongSize());
    out.format("limit hits %,d  out of memory %,d%n", now.limitHits(), now.outOfMemory());
  }

  private static void boxes(Formatter out, Stats now, Rate rate) {
    String row = "%-16s %7s %10s %10s %11s %11s%n";
    out.format(row, "BOX", "PAGES", "LIVE", "CACHED", "ALLOC/S", "FREE/S");
    for (Stats.Box box : now.boxes()) {
      out.format(
          row,
          box.name(),
          box.pages(),
          bytes(box.liveBytes()),
          bytes(box.cachedBytes()),
          rate.of(box.allocations(), rate.box(box.name(), Stats.Box::allocations)),
          rate.of(box.frees(), rate.box(box.name(), Stats.Box::frees)));
    }
  }

  /** Those that hold most; of equal ones those that did most. */
  private void classes(Formatter out, Stats now) {
    String row = "%-16s %7s %10s %10s %11s %11s%n";
    List<Stats.SizeClass> most =
        now.sizeClasses().stream()
            .sorted(
                Comparator.comparingLong((Stats.SizeClass of) -> of.liveBytes() + of.cachedBytes())
                    .thenComparingLong(Stats.SizeClass::allocations)
                    .reversed())
            .limit(rows)
            .toList();
    if (!most.isEmpty()) {
      out.format(row, "CLASS", "PAGES", "LIVE", "CACHED", "BYTES", "ALLOCATIONS");
    }
    for (Stats.SizeClass of : most) {
      out.format(
          row,
          of.box(),
          of.pages(),
          bytes(of.liveBytes()),
          bytes(of.cachedBytes()),
          of.blockBytes(),
          of.allocations());
    }
  }

  private void fallbacks(Formatter out, Stats now) {
    String row = "%-16s %-16s %7s %12s  %s%n";
    List<Stats.Fallback> most =
        now.fallbacks().stream()
            .sorted(Comparator.comparingLong(Stats.Fallback::count).reversed())
            .limit(rows)
            .toList();
    if (!most.isEmpty()) {
      out.format(row, "FALLBACK FROM", "TO", "BYTES", "COUNT", "REASON");
    }
    for (Stats.Fallback of : most) {
      String size = of.blockBytes() == 0 ? "large" : Long.toString(of.blockBytes());
      out.format(row, of.from(), of.to(), size, of.count(), of.reason());
    }
  }

  /** In the largest unit that leaves at least 1, with one decimal. */
  static String bytes(long bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= KIB && unit < UNITS.length - 1) {
      value /= KIB;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }
}
