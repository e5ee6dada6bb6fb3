package io.hakmem.compose;

import io.hakmem.Stats;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.Operations;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBox.ClassFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Counts what no box counts, and adds up what the boxes do. Any thread may call it. */
final class Figures {

  private final Composition composition;
  private final Refusals refusals;
  private final LongSupplier heaps;
  private final LongAdder outOfMemory = new LongAdder();
  private final LongAdder trims = new LongAdder();
  private final LongAdder trimmedBytes = new LongAdder();

  Figures(Composition composition, Refusals refusals, LongSupplier heaps) {
    this.composition = composition;
    this.heaps = heaps;
    this.refusals = refusals;
  }

  void countOutOfMemory() {
    outOfMemory.increment();
  }

  void countTrim(long bytes) {
    trims.increment();
    trimmedBytes.add(bytes);
  }

  Stats stats() {
    RegionSupply supply = composition.supply();
    List<Stats.Box> boxes = boxes();
    return new Stats(
        supply.reserved(),
        supply.committed(),
        supply.peakCommitted(),
        supply.limitBytes(),
        boxes.stream().mapToLong(Stats.Box::liveBytes).sum(),
        boxes.stream().mapToLong(Stats.Box::cachedBytes).sum(),
        boxes.stream().mapToLong(Stats.Box::allocations).sum(),
        boxes.stream().mapToLong(Stats.Box::frees).sum(),
        composition.pools().stream().mapToLong(box -> box.operations().remoteFrees()).sum(),
        refusals.refused(),
        supply.limitHits(),
        outOfMemory.sum(),
        trims.sum(),
        trimmedBytes.sum(),
        boxes,
        composition.pools().stream().flatMap(Figures::classes).toList(),
        fallbacks(),
        counters());
  }

  private List<Stats.Box> boxes() {
    List<Stats.Box> boxes = new ArrayList<>();
    for (PoolBox pool : composition.pools()) {
      boxes.add(box(pool, pool.classFigures().stream().mapToLong(ClassFigures::pages).sum()));
    }
    Operations large = composition.large().operations();
    boxes.add(box(composition.large(), large.allocations() - large.ownFrees()));
    return boxes;
  }

  private static Stats.Box box(PoolBox box, long pages) {
    Operations operations = box.operations();
    return new Stats.Box(
        box.name(),
        pages,
        box.liveBytes(),
        box.cachedBytes(),
        operations.allocations(),
        operations.frees());
  }

  private static Stream<Stats.SizeClass> classes(PoolBox box) {
    return box.classFigures().stream()
        .filter(figures -> figures.pages() > 0 || figures.operations().allocations() > 0)
        .map(figures -> sizeClass(box.name(), figures));
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

  private List<Stats.Fallback> fallbacks() {
    List<Stats.Fallback> all = new ArrayList<>();
    List<PoolBox> boxes = composition.pools();
    LargeBlocks large = composition.large();
    for (int i = 0; i < boxes.size(); i++) {
      String from = boxes.get(i).name();
      String to = (i + 1 < boxes.size() ? boxes.get(i + 1) : large).name();
      for (FallbackCounts.Count count : boxes.get(i).fallbacks().counts()) {
        all.add(new Stats.Fallback(from, to, count.blockBytes(), count.reason(), count.count()));
      }
    }
    String last = boxes.getLast().name();
    for (FallbackCounts.Count count : large.reasons().counts()) {
      all.add(new Stats.Fallback(last, large.name(), 0, count.reason(), count.count()));
    }
    return all;
  }

  private SortedMap<String, Long> counters() {
    SortedMap<String, Long> all = new TreeMap<>(composition.directory().counters());
    composition.pools().forEach(pool -> all.putAll(pool.counters()));
    all.putAll(composition.sourceCounters());
    all.put("heaps", heaps.getAsLong());
    return all;
  }
}
