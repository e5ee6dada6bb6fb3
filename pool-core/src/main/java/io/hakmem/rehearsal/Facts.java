package io.hakmem.rehearsal;

import io.hakmem.Composition;
import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.Leak;
import io.hakmem.Stats;
import io.hakmem.gate.Profile;
import io.hakmem.gate.Settings;
import io.hakmem.log.Logs;
import io.hakmem.paged.PagePolicy;
import io.hakmem.settings.CoreGates;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.Region;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/**
 * One of each record that programs and boxes are handed. What a record says of itself is linked
 * when it is asked first, in each class of records by itself. A link that fails at the end of the
 * stack fails for ever.
 */
final class Facts {

  private static final List<Long> SIZES = List.of(1L, 2L);

  private static final Logger LOG = Logs.of(Facts.class);

  private Facts() {}

  /** New objects, with all that they can hold. */
  static List<Record> all() {
    MemorySegment memory = MemorySegment.NULL;
    return List.of(
        stats(),
        new Leak(List.of(""), 1, 1, Duration.ZERO),
        composition(),
        new Profile("FACTS", "For tests.", Map.of()),
        new Settings.Entry<>(CoreGates.CONFIG, "", ""),
        report(),
        PagePolicy.standard(""),
        new Region(0, 0, memory),
        new PageSupply.Run(0, memory));
  }

  /** Each says of itself all that a record can say. */
  static void say() {
    List<Record> facts = all();
    List<Record> same = all();
    LOG.trace("{}", facts.toString()); // Whether it is logged or not.
    if (!facts.equals(same) || facts.hashCode() != same.hashCode()) {
      throw new IllegalStateException("records of equal parts are not equal");
    }
  }

  private static Snapshot stats() {
    return new Snapshot(
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        new Stats.RefusedFrees(0, 0, 0, 0),
        0,
        0,
        0,
        0,
        List.of(new Stats.Box("", 0, 0, 0, 0, 0)),
        List.of(new Stats.SizeClass("", 0, 0, 0, 0, 0, 0)),
        List.of(new Stats.Fallback("", "", 0, "", 0)),
        Collections.emptySortedMap());
  }

  private static Composition composition() {
    return new Composition(
        "",
        "",
        List.of(
            new Composition.Box("", 0, SIZES, SIZES),
            new Composition.Box("", 0, SIZES, SIZES.subList(0, 1)),
            new Composition.Box("", 0, SIZES, List.of())),
        new Composition.Blocks(0, true, true, true),
        List.of(new Composition.GateValue("", "", "")),
        List.of(""));
  }

  private static BoxReport report() {
    return new BoxReport(
        List.of(new BoxReport.ClassFigures(0, 0, 0, 0, new BoxReport.Operations(0, 0, 0, 0))),
        0,
        List.of(new FallbackCounts.Count(0, "", 0)),
        Collections.emptySortedMap(),
        List.of());
  }
}
