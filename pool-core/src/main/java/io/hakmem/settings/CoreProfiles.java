package io.hakmem.settings;

import io.hakmem.spi.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The profiles that exist whichever boxes are installed. */
public final class CoreProfiles {

  /** All of them, in the order of the documentation. */
  public static final List<Profile> ALL =
      List.of(
          new Profile(
              "LEGACY",
              "The pool without the tiny front.",
              Map.of("HAKMEM_TINY_HEAP_PROFILE", "LEGACY")),
          new Profile(
              "THROUGHPUT",
              "For services and headline figures: heaps pop and push by themselves,"
                  + " nothing is cleared that nobody asked for, and every bad free is refused.",
              throughput()));

  private CoreProfiles() {}

  private static Map<String, String> throughput() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("HAKMEM_POOL_ZERO_MODE", "off");
    values.put("HAKMEM_CHECKS", "on");
    values.put("HAKMEM_POOL_V1_FLATTEN_ENABLED", "1");
    return values;
  }
}
