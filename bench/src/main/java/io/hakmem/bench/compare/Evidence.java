package io.hakmem.bench.compare;

import io.hakmem.Composition;
import io.hakmem.Compositions.GateInfo;
import io.hakmem.bench.result.Report;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of a fork must show for its gates, so that the path under test did run. A box
 * took part if blocks were handed out of a size class that it serves, whoever has their pages;
 * pages that were taken in advance prove nothing.
 */
final class Evidence {

  private static final String FLATTEN = "HAKMEM_POOL_V1_FLATTEN_ENABLED";
  private static final String FLATTEN_STATS = "HAKMEM_POOL_V1_FLATTEN_STATS";
  private static final String FLAT = "pool_v1_flat_";

  private final Configuration configuration;
  private final Report report;
  private final SortedMap<String, Long> counters;

  private Evidence(Configuration configuration, Report report) {
    this.configuration = configuration;
    this.report = report;
    counters = report.counters();
  }

  /**
   * Why the figures do not show what the gates ask for, or null when they do.
   *
   * @param other what the configuration is compared with
   * @param composed what the fork says that it was
   */
  static @Nullable String contradiction(
      Configuration configuration, Configuration other, Report report, Report.Composed composed) {
    for (GateInfo gate : configuration.asked(other)) {
      String idle = idle(gate.box(), composed, report);
      if (idle != null) {
        return "%s; %s=%s did nothing".formatted(idle, gate.name(), gate.value());
      }
    }
    Evidence evidence = new Evidence(configuration, report);
    return evidence.isFlattenCounted() ? evidence.flattenContradiction(composed) : null;
  }

  /** Why a box that is in the composition took no part, or null when it did. */
  private static @Nullable String idle(String box, Report.Composed composed, Report report) {
    if (box.equals(composed.composition().directory())) {
      return idleDirectory(box, report);
    }
    Composition.Box made = composed.composition().box(box).orElse(null);
    return made == null || tookPart(made, composed)
        ? null
        : "no block was handed out of a class of the box (%s)".formatted(made);
  }

  private static boolean tookPart(Composition.Box box, Report.Composed composed) {
    return composed.sizeClasses().stream()
        .filter(figures -> figures.allocations() > 0)
        .anyMatch(
            figures ->
                figures.box().equals(box.name()) || box.served().contains(figures.blockBytes()));
  }

  /** A directory serves no size; what it counts, as it promises, bears its name. */
  private static @Nullable String idleDirectory(String box, Report report) {
    String prefix = box.replace('-', '_') + "_";
    SortedMap<String, Long> own = report.counters().tailMap(prefix);
    List<Long> counts =
        own.entrySet().stream()
            .filter(counter -> counter.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .toList();
    return counts.isEmpty() || counts.stream().anyMatch(count -> count > 0)
        ? null
        : box + " counted nothing";
  }

  /** The counters that show the path, in one line. */
  static String line(Configuration configuration, Report report) {
    Evidence evidence = new Evidence(configuration, report);
    StringBuilder line = new StringBuilder();
    evidence.counters.forEach(
        (name, count) -> {
          if (count != 0 && !name.startsWith(FLAT)) {
            line.append(name).append('=').append(count).append(' ');
          }
        });
    if (evidence.isFlattenCounted()) {
      line.append(evidence.flattenLine());
    }
    return line.toString().strip();
  }

  private boolean isFlattenCounted() {
    return "1".equals(configuration.values().get(FLATTEN_STATS));
  }

  private @Nullable String flattenContradiction(Report.Composed composed) {
    if (!"1".equals(configuration.values().get(FLATTEN))) {
      return flattenSum() == 0 ? null : "flatten is off but counts " + flattenLine();
    }
    if (flat("alloc_tls_hit") == 0 || flat("free_tls_hit") == 0) {
      return "flatten is on but has no hits: " + flattenLine();
    }
    if (flat("page_null") + flat("not_mine") + flat("other") != flat("free_fb")) {
      return "the reasons are not free_fb: " + flattenLine();
    }
    boolean alone = isFlattenAlone(composed.composition());
    long allocs = report.calls().allocs();
    if (!isSum(alone, allocs, flat("alloc_tls_hit") + flat("alloc_fb"))) {
      return "%s, which is not the %,d allocations".formatted(flattenLine(), inAllRounds(allocs));
    }
    long frees = report.calls().frees();
    return isSum(alone, frees, flat("free_tls_hit") + flat("free_fb"))
        ? null
        : "%s, which is not the %,d frees".formatted(flattenLine(), inAllRounds(frees));
  }

  /** A reallocation is up to one more of each. */
  private boolean isSum(boolean alone, long calls, long counted) {
    return counted <= inAllRounds(calls + report.calls().reallocs())
        && (!alone || counted >= inAllRounds(calls));
  }

  /** False when boxes in front, or large blocks, take operations that flatten never sees. */
  private boolean isFlattenAlone(Composition composition) {
    Composition.Box flatten = configuration.boxOf(FLATTEN).flatMap(composition::box).orElse(null);
    return flatten != null
        && composition.boxes().stream()
            .allMatch(box -> box.equals(flatten) || box.served().isEmpty())
        && report.setup().maxBytes() <= flatten.blockSizes().getLast();
  }

  private long inAllRounds(long calls) {
    return calls * report.times().rounds();
  }

  private long flat(String counter) {
    return counters.getOrDefault(FLAT + counter, 0L);
  }

  private long flattenSum() {
    return counters.entrySet().stream()
        .filter(counter -> counter.getKey().startsWith(FLAT))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** In the order of the statistics line. */
  private String flattenLine() {
    StringBuilder line = new StringBuilder();
    for (String name :
        List.of(
            "alloc_tls_hit",
            "alloc_fb",
            "free_tls_hit",
            "free_fb",
            "page_null",
            "not_mine",
            "other")) {
      line.append(name).append('=').append(flat(name)).append(' ');
    }
    return line.toString().strip();
  }
}
