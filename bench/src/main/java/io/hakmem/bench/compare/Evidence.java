package io.hakmem.bench.compare;

import io.hakmem.bench.result.Report;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What the counters of a fork must show for its gates, so that the path under test did run. */
final class Evidence {

  private static final String FLATTEN = "HAKMEM_POOL_V1_FLATTEN_ENABLED";
  private static final String FLATTEN_STATS = "HAKMEM_POOL_V1_FLATTEN_STATS";
  private static final String FLAT = "pool_v1_flat_";

  /** The largest block of a page: larger ones pass the pools by. */
  private static final int LARGEST_POOLED = 65_536;

  /** The counters that a box moves when its gate asks for it, by the starts of their names. */
  private static final List<Box> BOXES =
      List.of(
          new Box("HAKMEM_POOL_V2_ENABLED", "1", List.of("pool_v2")),
          new Box("HAKMEM_MID_DESC_CACHE_ENABLED", "1", List.of("mid_desc_cache")),
          new Box("HAKMEM_SMALLMID_ENABLE", "1", List.of("smallmid", "small_mid")),
          new Box("HAKMEM_TINY_HEAP_PROFILE", "C7_SAFE", List.of("tiny")));

  private final Configuration configuration;
  private final Report report;
  private final SortedMap<String, Long> counters;

  private Evidence(Configuration configuration, Report report) {
    this.configuration = configuration;
    this.report = report;
    counters = report.counters();
  }

  private record Box(String gate, String on, List<String> prefixes) {}

  /** Why the counters do not show what the gates ask for, or null when they do. */
  static @Nullable String contradiction(Configuration configuration, Report report) {
    Evidence evidence = new Evidence(configuration, report);
    for (Box box : BOXES) {
      if (box.on().equals(configuration.gates().get(box.gate())) && !evidence.shows(box)) {
        return "no counter shows that " + box.gate() + "=" + box.on() + " did anything";
      }
    }
    return evidence.isFlattenCounted() ? evidence.flattenContradiction() : null;
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

  private boolean shows(Box box) {
    return counters.entrySet().stream()
        .filter(counter -> counter.getValue() > 0)
        .anyMatch(counter -> box.prefixes().stream().anyMatch(counter.getKey()::startsWith));
  }

  private boolean isFlattenCounted() {
    return "1".equals(configuration.values().get(FLATTEN_STATS));
  }

  private @Nullable String flattenContradiction() {
    if (!"1".equals(configuration.values().get(FLATTEN))) {
      return flattenSum() == 0 ? null : "flatten is off but counts " + flattenLine();
    }
    if (flat("alloc_tls_hit") == 0 || flat("free_tls_hit") == 0) {
      return "flatten is on but has no hits: " + flattenLine();
    }
    if (flat("page_null") + flat("not_mine") + flat("other") != flat("free_fb")) {
      return "the reasons are not free_fb: " + flattenLine();
    }
    long allocs = report.calls().allocs();
    if (!isSum(allocs, flat("alloc_tls_hit") + flat("alloc_fb"))) {
      return "%s, which is not the %,d allocations".formatted(flattenLine(), inAllRounds(allocs));
    }
    long frees = report.calls().frees();
    return isSum(frees, flat("free_tls_hit") + flat("free_fb"))
        ? null
        : "%s, which is not the %,d frees".formatted(flattenLine(), inAllRounds(frees));
  }

  /** A reallocation is up to one more of each. */
  private boolean isSum(long calls, long counted) {
    return counted <= inAllRounds(calls + report.calls().reallocs())
        && (!isFlattenAlone() || counted >= inAllRounds(calls));
  }

  /** False when boxes in front, or large blocks, take operations that flatten never sees. */
  private boolean isFlattenAlone() {
    return isOff("HAKMEM_TINY_HEAP_PROFILE", "LEGACY")
        && isOff("HAKMEM_SMALLMID_ENABLE", "0")
        && isOff("HAKMEM_POOL_V2_ENABLED", "0")
        && report.setup().maxBytes() <= LARGEST_POOLED;
  }

  private boolean isOff(String gate, String off) {
    return configuration.values().getOrDefault(gate, off).equals(off);
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
