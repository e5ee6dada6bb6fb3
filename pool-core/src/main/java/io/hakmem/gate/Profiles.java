package io.hakmem.gate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The published profiles, for {@code HakAllocator.builder().profile(Profiles.THROUGHPUT)}. They
 * stand here and with no box, since each sets gates of several; one of a single box belongs to its
 * provider.
 */
public final class Profiles {

  /** The pool without the tiny front. */
  public static final Profile LEGACY =
      new Profile(
          "LEGACY",
          "The pool without the tiny front.",
          Map.of("HAKMEM_TINY_HEAP_PROFILE", "LEGACY"));

  /** The original's baseline for requests of 257-768 bytes. */
  public static final Profile C6_HEAVY_LEGACY_POOLV1 =
      new Profile(
          "C6_HEAVY_LEGACY_POOLV1",
          "The original's baseline for requests of 257-768 bytes: pool v1 asked for each"
              + " operation, with the tiny front for 1024 bytes.",
          values(
              "HAKMEM_TINY_HEAP_PROFILE=C7_SAFE",
              "HAKMEM_TINY_HOTHEAP_V2=0",
              "HAKMEM_SMALL_HEAP_V3_ENABLED=1",
              "HAKMEM_SMALL_HEAP_V3_CLASSES=0x80",
              "HAKMEM_POOL_V2_ENABLED=0",
              "HAKMEM_POOL_V1_FLATTEN_ENABLED=0"));

  /** For benchmarks with requests of 257-768 bytes. */
  public static final Profile C6_HEAVY_LEGACY_POOLV1_FLATTEN =
      new Profile(
          "C6_HEAVY_LEGACY_POOLV1_FLATTEN",
          "For benchmarks with requests of 257-768 bytes: pool v1 flattened, with its counters,"
              + " and only headers cleared.",
          values(
              "HAKMEM_TINY_HEAP_PROFILE=LEGACY",
              "HAKMEM_POOL_V2_ENABLED=0",
              "HAKMEM_POOL_V1_FLATTEN_ENABLED=1",
              "HAKMEM_POOL_V1_FLATTEN_STATS=1",
              "HAKMEM_POOL_ZERO_MODE=header"));

  /** The original's set for requests of 16-1024 bytes. */
  public static final Profile MIXED_TINYV3_C7_SAFE =
      new Profile(
          "MIXED_TINYV3_C7_SAFE",
          "The original's set for requests of 16-1024 bytes: the tiny front for 1024 bytes, with"
              + " its table and its fast classification.",
          values(
              "HAKMEM_TINY_HEAP_PROFILE=C7_SAFE",
              "HAKMEM_TINY_C7_HOT=1",
              "HAKMEM_SMALL_HEAP_V3_ENABLED=1",
              "HAKMEM_SMALL_HEAP_V3_CLASSES=0x80",
              "HAKMEM_POOL_V2_ENABLED=0",
              "HAKMEM_TINY_FRONT_V3_ENABLED=1",
              "HAKMEM_TINY_FRONT_V3_LUT_ENABLED=1",
              "HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED=1"));

  /** For services: nothing is cleared that nobody asked for, and only live blocks can be freed. */
  public static final Profile THROUGHPUT =
      new Profile(
          "THROUGHPUT",
          "For services and headline figures: heaps pop and push by themselves,"
              + " nothing is cleared that nobody asked for, and only live blocks can be freed.",
          values(
              "HAKMEM_POOL_ZERO_MODE=off", "HAKMEM_CHECKS=on", "HAKMEM_POOL_V1_FLATTEN_ENABLED=1"));

  /** All of them, in the order of the documentation. */
  public static final List<Profile> ALL =
      List.of(
          LEGACY,
          C6_HEAVY_LEGACY_POOLV1,
          C6_HEAVY_LEGACY_POOLV1_FLATTEN,
          MIXED_TINYV3_C7_SAFE,
          THROUGHPUT);

  private Profiles() {}

  private static Map<String, String> values(String... gates) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String gate : gates) {
      int sign = gate.indexOf('=');
      values.put(gate.substring(0, sign), gate.substring(sign + 1));
    }
    return values;
  }
}
