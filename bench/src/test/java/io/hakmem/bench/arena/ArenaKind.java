package io.hakmem.bench.arena;

import io.hakmem.HakAllocator;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which arena of which allocator.
 *
 * @param shared whether it is for all threads
 */
record ArenaKind(boolean shared, String pageSource, String profile) {

  private static final List<String> PROFILES =
      List.of("LEGACY", "THROUGHPUT", "C6_HEAVY_LEGACY_POOLV1", "MIXED_TINYV3_C7_SAFE");

  /** Both kinds over both page sources in each profile that differs. */
  static List<ArenaKind> all() {
    return Stream.of(false, true)
        .flatMap(
            shared ->
                Stream.of("os", "arena")
                    .flatMap(
                        source ->
                            PROFILES.stream()
                                .map(profile -> new ArenaKind(shared, source, profile))))
        .toList();
  }

  HakAllocator allocator() {
    return HakAllocator.builder().profile(profile).set("HAKMEM_PAGE_SOURCE", pageSource).build();
  }

  Arena of(HakAllocator allocator) {
    return shared ? allocator.sharedArena() : allocator.arena();
  }

  /** The arena of the JDK that has the same specification. */
  @SuppressWarnings("MustBeClosed") // Its caller does.
  Arena ofJdk() {
    return shared ? Arena.ofShared() : Arena.ofConfined();
  }

  @Override
  public String toString() {
    return "%s over %s, %s".formatted(shared ? "shared" : "confined", pageSource, profile);
  }
}
