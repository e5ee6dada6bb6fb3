package io.hakmem.report;

import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures of an allocator as a table for people. */
public final class StatsTable {

  private static final String ROW = "  %-18s %10s %12s %12s %14s %14s%n";
  private static final double UNIT = 1024;

  private StatsTable() {}

  /** The figures of this moment, each line ended. */
  public static String of(AllocatorView allocator) {
    return of(allocator.name(), allocator.stats());
  }

  private static String of(String name, Snapshot now) {
    List<String> lines = new ArrayList<>(head(name, now));
    lines.add(ROW.formatted("box", "pages", "live", "cached", "allocations", "frees"));
    for (Stats.Box box : now.boxes()) {
      lines.add(
          row(
              box.name(),
              box.pages(),
              box.liveBytes(),
              box.cachedBytes(),
              box.allocations(),
              box.frees()));
    }
    for (Stats.SizeClass each : now.sizeClasses()) {
      lines.add(
          row(
              each.box() + " " + each.blockBytes(),
              each.pages(),
              each.liveBytes(),
              each.cachedBytes(),
              each.allocations(),
              each.frees()));
    }
    return String.join("", lines);
  }

  private static List<String> head(String name, Snapshot now) {
    return List.of(
        "hakmem: allocator %s%n".formatted(name),
        "  committed %s, peak %s, limit %s, reserved %s, live %s, cached %s%n"
            .formatted(
                bytes(now.committedBytes()),
                bytes(now.peakCommittedBytes()),
                now.limitBytes() == 0 ? "none" : bytes(now.limitBytes()),
                bytes(now.reservedBytes()),
                bytes(now.liveBytes()),
                bytes(now.cachedBytes())),
        "  allocations %s, frees %s, by other threads %s, refused %s%n"
            .formatted(
                count(now.allocations()),
                count(now.frees()),
                count(now.remoteFrees()),
                count(now.refusedFrees())),
        "  limit hits %s, out of memory %s, trims %s%n"
            .formatted(count(now.limitHits()), count(now.outOfMemory()), count(now.trims())));
  }

  private static String row(
      String name, long pages, long live, long cached, long allocations, long frees) {
    return ROW.formatted(
        name, count(pages), bytes(live), bytes(cached), count(allocations), count(frees));
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String bytes(long bytes) {
    double shown = bytes;
    String unit = "B";
    for (String larger : List.of("KiB", "MiB", "GiB", "TiB")) {
      if (shown < UNIT) {
        break;
      }
      shown /= UNIT;
      unit = larger;
    }
    return unit.equals("B") ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", shown, unit);
  }
}
