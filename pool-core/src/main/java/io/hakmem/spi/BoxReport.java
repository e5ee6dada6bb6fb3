package io.hakmem.spi;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a box holds and has done so far; approximate while threads run.
 *
 * @param classes figures of each class that the box has pages of, ascending
 * @param spareBytes bytes that the box got from the supply and that are in no page of these
 * @param fallbacks what the box handed to the next one instead of serving it
 * @param counters further counts by name, which no other box of a composition has; lower case words
 *     joined by {@code _} that begin with the box's name
 * @param statistics lines that a gate of this box asks for, in a form that tools may read
 */
public record BoxReport(
    List<ClassFigures> classes,
    long spareBytes,
    List<FallbackCounts.Count> fallbacks,
    SortedMap<String, Long> counters,
    List<String> statistics) {

  /** Of a box that has no pages and counts nothing. */
  public static final BoxReport NOTHING =
      new BoxReport(List.of(), 0, List.of(), Collections.emptySortedMap(), List.of());

  /** Copies the lists. */
  public BoxReport {
    classes = List.copyOf(classes);
    fallbacks = List.copyOf(fallbacks);
    counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    statistics = List.copyOf(statistics);
  }

  /** The same with these classes. */
  public BoxReport withClasses(List<ClassFigures> figures) {
    return new BoxReport(figures, spareBytes, fallbacks, counters, statistics);
  }

  /** The same with so many spare bytes. */
  public BoxReport withSpareBytes(long bytes) {
    return new BoxReport(classes, bytes, fallbacks, counters, statistics);
  }

  /** The same with these fallbacks. */
  public BoxReport withFallbacks(FallbackCounts counts) {
    return new BoxReport(classes, spareBytes, counts.counts(), counters, statistics);
  }

  /** The same with these counters. */
  public BoxReport withCounters(SortedMap<String, Long> counts) {
    return new BoxReport(classes, spareBytes, fallbacks, counts, statistics);
  }

  /** The same with these lines. */
  public BoxReport withStatistics(List<String> lines) {
    return new BoxReport(classes, spareBytes, fallbacks, counters, lines);
  }

  /** Bytes of the blocks that are with callers. */
  public long liveBytes() {
    long bytes = 0;
    for (ClassFigures each : classes) {
      bytes += each.liveBytes;
    }
    return bytes;
  }

  /** Bytes that the box got from the supply, beside those. */
  public long cachedBytes() {
    long bytes = spareBytes;
    for (ClassFigures each : classes) {
      bytes += each.cachedBytes;
    }
    return bytes;
  }

  /** Pages, those without an owner included. */
  public long pages() {
    long pages = 0;
    for (ClassFigures each : classes) {
      pages += each.pages;
    }
    return pages;
  }

  /** What was done on pages of the box. */
  public Operations operations() {
    Operations all = Operations.NONE;
    for (ClassFigures each : classes) {
      all = all.plus(each.operations);
    }
    return all;
  }

  /**
   * Figures of one class.
   *
   * @param blockBytes size of the blocks in bytes
   * @param pages pages, those without an owner included
   * @param liveBytes bytes of the blocks that are with callers
   * @param cachedBytes bytes of the pages beside those, what no block reaches at their ends
   *     included
   * @param operations what was done
   */
  public record ClassFigures(
      long blockBytes, long pages, long liveBytes, long cachedBytes, Operations operations) {

    /** The sum of both, which are of one class. */
    public ClassFigures plus(ClassFigures more) {
      return new ClassFigures(
          blockBytes,
          pages + more.pages,
          liveBytes + more.liveBytes,
          cachedBytes + more.cachedBytes,
          operations.plus(more.operations));
    }
  }

  /**
   * How much was done.
   *
   * @param allocations blocks handed out
   * @param ownFrees blocks taken back from the threads whose heaps own them
   * @param drained blocks taken back that other threads had freed
   * @param waiting blocks that other threads freed, not yet taken back
   */
  public record Operations(long allocations, long ownFrees, long drained, long waiting) {

    /** Nothing done. */
    public static final Operations NONE = new Operations(0, 0, 0, 0);

    /** Frees by threads whose heaps do not own the page. */
    public long remoteFrees() {
      return drained + waiting;
    }

    /** All frees. */
    public long frees() {
      return ownFrees + remoteFrees();
    }

    /** The sum of both. */
    public Operations plus(Operations more) {
      return new Operations(
          allocations + more.allocations,
          ownFrees + more.ownFrees,
          drained + more.drained,
          waiting + more.waiting);
    }
  }
}
