package io.hakmem.bench.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random compositions: a profile, or gates, over either page source. */
final class Gates {

  /** The empty one is that of no profile. */
  static final List<String> PROFILES =
      List.of(
          "",
          "LEGACY",
          "C7_SAFE",
          "C6_HEAVY_LEGACY_POOLV1",
          "C6_HEAVY_LEGACY_POOLV1_FLATTEN",
          "MIXED_TINYV3_C7_SAFE",
          "THROUGHPUT");

  private static final List<String> SOURCES = List.of("auto", "arena");

  private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("HAKMEM_POOL_ZERO_MODE", List.of("full", "header", "off"));
    VALUES.put("HAKMEM_CHECKS", List.of("full"));
    VALUES.put("HAKMEM_QUARANTINE_BYTES", List.of("0", "64KiB"));
    VALUES.put("HAKMEM_LEAK_SAMPLE_EVERY", List.of("1", "10"));
    VALUES.put("HAKMEM_HEAP_EMPTY_PAGES", List.of("1", "8", "1000"));
    VALUES.put("HAKMEM_HEAP_PREFILL", List.of("0", "64KiB"));
    VALUES.put("HAKMEM_MEMORY_LIMIT", List.of("8MiB", "64MiB"));
    VALUES.put("HAKMEM_DECAY_MS", List.of("0", "1", "60000"));
    VALUES.put("HAKMEM_LARGE_MAPPING_BYTES", List.of("64KiB", "256KiB"));
    VALUES.put("HAKMEM_COMMIT_BYTES", List.of("64KiB", "1MiB"));
    VALUES.put("HAKMEM_REGION_BYTES", List.of("1MiB", "64MiB"));
    VALUES.put("HAKMEM_HUGE_PAGES_FROM", List.of("0", "1GiB"));
    VALUES.put("HAKMEM_POOL_CLASSES", List.of("original"));
    VALUES.put("HAKMEM_MID_DESC_CACHE_ENABLED", List.of("1"));
    VALUES.put("HAKMEM_SMALLMID_ENABLE", List.of("1"));
    VALUES.put("HAKMEM_SMALLMID_STACK_512", List.of("3"));
    VALUES.put("HAKMEM_POOL_V1_FLATTEN_ENABLED", List.of("0", "1"));
    VALUES.put("HAKMEM_POOL_V1_FLATTEN_STATS", List.of("1"));
    VALUES.put("HAKMEM_POOL_V2_ENABLED", List.of("1"));
    VALUES.put("HAKMEM_POOL_V2_BLOCK_TO_USER", List.of("0"));
    VALUES.put("HAKMEM_POOL_V2_TLS_FAST_PATH", List.of("0"));
    VALUES.put("HAKMEM_SMALL_HEAP_V3_CLASSES", List.of("0xFF", "0x41"));
    VALUES.put("HAKMEM_TINY_C7_HOT", List.of("0"));
    VALUES.put("HAKMEM_TINY_FRONT_V3_ENABLED", List.of("0"));
    VALUES.put("HAKMEM_TINY_FRONT_V3_LUT_ENABLED", List.of("0"));
    VALUES.put("HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED", List.of("0"));
    VALUES.put("HAKMEM_TINY_HOTHEAP_V2", List.of("1"));
    VALUES.put("HAKMEM_TINY_LARSON_FIX", List.of("1"));
  }

  private Gates() {}

  /**
   * Those of a round: profiles and sources take turns, and to about half of them gates are added.
   *
   * @param profile in place of the one whose turn it is, or null
   */
  static Map<String, String> of(long round, SplittableRandom random, @Nullable String profile) {
    Map<String, String> gates = new LinkedHashMap<>();
    String name = profile == null ? PROFILES.get((int) (round % PROFILES.size())) : profile;
    if (!name.isEmpty()) {
      gates.put("HAKMEM_PROFILE", name);
    }
    gates.put("HAKMEM_PAGE_SOURCE", SOURCES.get((int) (round / PROFILES.size() % SOURCES.size())));
    if (random.nextBoolean()) {
      VALUES.forEach((gate, values) -> add(gates, gate, values, random));
    }
    return gates;
  }

  /** Whether the allocator logs at its close what is not freed. */
  static boolean knowLeaks(Map<String, String> gates) {
    return gates.containsKey("HAKMEM_CHECKS") || gates.containsKey("HAKMEM_LEAK_SAMPLE_EVERY");
  }

  private static void add(
      Map<String, String> gates, String gate, List<String> values, SplittableRandom random) {
    boolean chosen = random.nextInt(4) == 0;
    String value = values.get(random.nextInt(values.size()));
    if (chosen) {
      gates.put(gate, value);
    }
  }
}
