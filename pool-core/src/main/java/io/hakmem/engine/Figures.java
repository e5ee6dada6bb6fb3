package io.hakmem.engine;

import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.Stats;
import io.hakmem.chunk.ArenaPages;
import io.hakmem.compose.ComposedBox;
import io.hakmem.compose.Parts;
import io.hakmem.heap.PageKey;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.supply.RegionSupply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts what no box counts, and adds up what the boxes do. Any thread may call it. */
final class Figures {

  /** An eighth of a limit is what pages of single threads may waste. */
  private static final int OWN_SHIFT = 3;

  private final Parts parts;
  private final LargeBlocks large;
  private final Refusals refusals;
  private final LongSupplier heaps;
  private final int classes;
  private final LongAdder outOfMemory = new LongAdder();
  private final LongAdder trims = new LongAdder();
  private final LongAdder trimmedBytes = new LongAdder();

  Figures(Parts parts, LargeBlocks large, Refusals refusals, LongSupplier heaps) {
    this.parts = parts;
    this.large = large;
    this.heaps = heaps;
    this.refusals = refusals;
    this.classes = classesOf(parts.boxes());
  }

  private static int classesOf(List<ComposedBox> boxes) {
    int classes = 0;
    for (ComposedBox box : boxes) {
      classes += box.blockSizes().size();
    }
    return classes;
  }

  /**
   * How many heaps all threads shall share for new pages; 0 while each thread has its own. That is
   * so unless a limit has no page for each class of each heap, and its first eighth is used.
   *
   * @param heaps of threads; a single one shares with nobody
   */
  int sharedHeaps(long heaps) {
    RegionSupply supply = parts.supply();
    long limit = supply.account().limitBytes();
    long heapBytes = (long) classes * PageKey.PAGE_BYTES;
    long own = limit >> OWN_SHIFT;
    boolean isCramped = limit > 0 && heaps > 1 && heaps * heapBytes > limit;
    return isCramped && supply.committed() > own ? (int) Math.max(1, own / heapBytes) : 0;
  }

  void countOutOfMemory() {
    outOfMemory.increment();
  }

  void countTrim(long bytes) {
    trims.increment();
    trimmedBytes.add(bytes);
  }

  Snapshot stats() {
    RegionSupply supply = parts.supply();
    Map<String, BoxReport> reports = reports();
    List<Stats.Box> boxes = boxes(reports);
    Sums sums = Sums.of(boxes, reports.values());
    return new Snapshot(
        supply.reserved(),
        supply.committed(),
        supply.peakCommitted(),
        supply.account().limitBytes(),
        sums.liveBytes,
        sums.cachedBytes,
        sums.allocations,
        sums.frees,
        sums.remoteFrees,
        refusals.refused(),
        supply.account().limitHits(),
        outOfMemory.sum() + parts.arenaPages().refused(),
        trims.sum(),
        trimmedBytes.sum(),
        boxes,
        classes(reports),
        fallbacks(reports),
        counters(reports));
  }

  /** Over all boxes. */
  private static final class Sums {

    private long liveBytes;
    private long cachedBytes;
    private long allocations;
    private long frees;
    private long remoteFrees;

    static Sums of(List<Stats.Box> boxes, Collection<BoxReport> reports) {
      Sums sums = new Sums();
      for (Stats.Box box : boxes) {
        sums.liveBytes += box.liveBytes();
        sums.cachedBytes += box.cachedBytes();
        sums.allocations += box.allocations();
        sums.frees += box.frees();
      }
      for (BoxReport report : reports) {
        sums.remoteFrees += report.operations().remoteFrees();
      }
      return sums;
    }
  }

  /** What the allocator has, for who is refused more. */
  String held() {
    Stats now = stats();
    return parts.title()
        + " has "
        + now.liveBytes()
        + " bytes live, "
        + now.cachedBytes()
        + " cached by "
        + heaps.getAsLong()
        + " heaps";
  }

  /** What gates of the boxes ask for, a line each. */
  List<String> boxLines() {
    List<String> lines = new ArrayList<>();
    for (BoxReport report : reports().values()) {
      lines.addAll(report.statistics());
    }
    return List.copyOf(lines);
  }

  /** By the names of the boxes, in their order. */
  private Map<String, BoxReport> reports() {
    Map<String, BoxReport> reports = new LinkedHashMap<>();
    for (ComposedBox box : parts.boxes()) {
      reports.put(box.name(), box.report());
    }
    return reports;
  }

  private List<Stats.Box> boxes(Map<String, BoxReport> reports) {
    List<Stats.Box> boxes = new ArrayList<>();
    for (Map.Entry<String, BoxReport> each : reports.entrySet()) {
      boxes.add(box(each.getKey(), each.getValue()));
    }
    boxes.add(arenas());
    Operations all = large.operations();
    long live = all.allocations() - all.ownFrees();
    boxes.add(
        new Stats.Box(large.name(), live, large.liveBytes(), 0, all.allocations(), all.ownFrees()));
    return boxes;
  }

  /** Arenas ask no box: their pages are their own. */
  private Stats.Box arenas() {
    ArenaPages arenas = parts.arenaPages();
    ArenaPages.Figures now = arenas.figures();
    return new Stats.Box(
        arenas.name(),
        now.pages(),
        now.liveBytes(),
        now.cachedBytes(),
        now.allocations(),
        now.frees());
  }

  private static Stats.Box box(String name, BoxReport report) {
    Operations operations = report.operations();
    return new Stats.Box(
        name,
        report.pages(),
        report.liveBytes(),
        report.cachedBytes(),
        operations.allocations(),
        operations.frees());
  }

  private static List<Stats.SizeClass> classes(Map<String, BoxReport> reports) {
    List<Stats.SizeClass> all = new ArrayList<>();
    for (Map.Entry<String, BoxReport> box : reports.entrySet()) {
      for (ClassFigures each : box.getValue().classes()) {
        if (each.pages() > 0 || each.operations().allocations() > 0) {
          all.add(sizeClass(box.getKey(), each));
        }
      }
    }
    return all;
  }

  private static Stats.SizeClass sizeClass(String box, ClassFigures figures) {
    Operations operations = figures.operations();
    return new Stats.SizeClass(
        box,
        figures.blockBytes(),
        figures.pages(),
        figures.liveBytes(),
        figures.cachedBytes(),
        operations.allocations(),
        operations.frees());
  }

  private List<Stats.Fallback> fallbacks(Map<String, BoxReport> reports) {
    List<Stats.Fallback> all = new ArrayList<>();
    List<String> names = new ArrayList<>(reports.keySet());
    names.add(large.name());
    for (int i = 0; i < names.size() - 1; i++) {
      BoxReport report = reports.getOrDefault(names.get(i), BoxReport.NOTHING);
      for (FallbackCounts.Count count : report.fallbacks()) {
        all.add(fallback(names.get(i), names.get(i + 1), count, count.blockBytes()));
      }
    }
    for (FallbackCounts.Count count : large.reasons().counts()) {
      all.add(fallback(names.get(names.size() - 2), large.name(), count, 0));
    }
    return all;
  }

  private static Stats.Fallback fallback(
      String from, String to, FallbackCounts.Count count, long blockBytes) {
    return new Stats.Fallback(from, to, blockBytes, count.reason(), count.count());
  }

  private SortedMap<String, Long> counters(Map<String, BoxReport> reports) {
    SortedMap<String, Long> all = new TreeMap<>(parts.directory().counters());
    all.putAll(parts.sourceCounters());
    all.put("heaps", heaps.getAsLong());
    for (Map.Entry<String, BoxReport> box : reports.entrySet()) {
      for (Map.Entry<String, Long> counter : box.getValue().counters().entrySet()) {
        put(all, box.getKey(), counter.getKey(), counter.getValue());
      }
    }
    return all;
  }

  /** A name that is taken only since another box began to count gets the box's in front. */
  private static void put(SortedMap<String, Long> all, String box, String name, long count) {
    all.put(all.containsKey(name) ? box + "." + name : name, count);
  }
}
