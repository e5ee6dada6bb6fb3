package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.bench.reliability.FaultySource.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of the page source fails, in every composition: alone, and with all that come after
 * it.
 */
@Tag("slow")
final class FaultTest {

  private static final List<String> COMPOSITIONS =
      List.of(
          "HAKMEM_PROFILE=LEGACY",
          "HAKMEM_PROFILE=C7_SAFE",
          "HAKMEM_PROFILE=C6_HEAVY_LEGACY_POOLV1",
          "HAKMEM_PROFILE=C6_HEAVY_LEGACY_POOLV1_FLATTEN",
          "HAKMEM_PROFILE=MIXED_TINYV3_C7_SAFE",
          "HAKMEM_PROFILE=THROUGHPUT",
          "HAKMEM_SMALLMID_ENABLE=1",
          "HAKMEM_POOL_V2_ENABLED=1",
          "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_V2_BLOCK_TO_USER=0");

  private static final List<Call> KINDS =
      List.of(Call.RESERVE, Call.COMMIT, Call.HUGE_PAGES, Call.DECOMMIT, Call.RELEASE);

  static List<Arguments> cases() {
    List<Arguments> all = new ArrayList<>();
    for (String composition : COMPOSITIONS) {
      KINDS.forEach(kind -> all.add(Arguments.of(composition, kind)));
    }
    return all;
  }

  private static HakAllocator allocator(String composition, FaultySource source) {
    HakAllocator.Builder builder =
        HakAllocator.builder()
            .pageSource(source)
            .set("HAKMEM_PURGE_THREAD", "0") // So that calls come in one order.
            .set("HAKMEM_DECAY_MS", "0")
            .set("HAKMEM_HEAP_PREFILL", "0")
            .set("HAKMEM_HEAP_EMPTY_PAGES", "1")
            .set("HAKMEM_COMMIT_BYTES", "256KiB")
            .set("HAKMEM_REGION_BYTES", "1MiB")
            .set("HAKMEM_HUGE_PAGES_FROM", "0")
            .set("HAKMEM_LARGE_MAPPING_BYTES", "1MiB");
    for (String gate : composition.split(" ", -1)) {
      builder.set(gate.substring(0, gate.indexOf('=')), gate.substring(gate.indexOf('=') + 1));
    }
    return builder.build();
  }

  /** Runs with the calls of one kind from the first to the last failing; returns the refusals. */
  private static int run(String composition, Call kind, FaultySource source, int first, int last)
      throws Exception {
    source.fail(kind, first, last);
    HakAllocator allocator = allocator(composition, source);
    try (allocator) {
      Scenario scenario = new Scenario(allocator, source);
      scenario.run();
      assertThat(allocator.stats().refusedFrees()).isZero();
      return scenario.refusals();
    } finally {
      assertThat(source.regionCount()).isZero();
      assertThat(source.committedBytes()).isZero();
      assertThat(allocator.stats().committedBytes()).isZero();
    }
  }

  /** Until a run has fewer calls: how many there are depends on the clock. */
  @ParameterizedTest
  @MethodSource("cases")
  void scenario_callThatFails_losesNothing(String composition, Call kind) throws Exception {
    int number = 0;
    boolean failed = true;
    while (failed) {
      number++;
      try {
        failed = failOnce(composition, kind, number) > 0;
        failFrom(composition, kind, number);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("call %d of %s".formatted(number, kind), e);
      }
    }
    assertThat(number).as("calls of %s", kind).isGreaterThan(1);
  }

  private static int failOnce(String composition, Call kind, int number) throws Exception {
    FaultySource source = new FaultySource();
    run(composition, kind, source, number, number);
    return source.failures();
  }

  /**
   * What is asked for is refused at most once, since then the source is healed, and other memory
   * may do; giving back refuses nothing.
   */
  private static void failFrom(String composition, Call kind, int number) throws Exception {
    FaultySource source = new FaultySource();
    int refusals = run(composition, kind, source, number, Integer.MAX_VALUE);
    boolean asks = kind == Call.RESERVE || kind == Call.COMMIT;
    assertThat(refusals).as("refusals").isBetween(0, asks && source.failures() > 0 ? 1 : 0);
  }

  @Test
  void close_sourceThatFails_saysSoAndIsRepeated() {
    FaultySource source = new FaultySource();
    source.fail(Call.CLOSE, 1, 1);
    HakAllocator allocator = allocator("HAKMEM_PROFILE=LEGACY", source);
    allocator.allocate(100);
    assertThatThrownBy(allocator::close).isInstanceOf(IllegalStateException.class);
    assertThat(allocator.stats().committedBytes()).isEqualTo(source.committedBytes()).isPositive();
    allocator.close();
    assertThat(allocator.stats().committedBytes()).isEqualTo(source.committedBytes()).isZero();
  }

  @Test
  void free_regionThatCannotBeReleased_isCountedAndReleasedLater() {
    FaultySource source = new FaultySource();
    source.fail(Call.RELEASE, 1, 1);
    try (HakAllocator allocator = allocator("HAKMEM_PROFILE=LEGACY", source)) {
      allocator.free(allocator.allocate(2 << 20));
      assertThat(allocator.stats().committedBytes()).isZero();
      assertThat(allocator.stats().reservedBytes()).isEqualTo(2 << 20);
      assertThat(allocator.stats().counters()).containsEntry("page_source_refused_releases", 1L);
      allocator.trim();
      assertThat(source.regionCount()).isZero();
      assertThat(allocator.stats().reservedBytes()).isZero();
    }
  }

  @Test
  void trim_memoryThatCannotBeDecommitted_staysCountedAndGoesLater() {
    FaultySource source = new FaultySource();
    source.fail(Call.DECOMMIT, 1, Integer.MAX_VALUE);
    try (HakAllocator allocator = allocator("HAKMEM_PROFILE=LEGACY", source)) {
      allocator.free(allocator.allocate(200_000));
      allocator.trim();
      assertThat(allocator.stats().committedBytes())
          .isEqualTo(source.committedBytes())
          .isPositive();
      assertThat(allocator.stats().counters())
          .hasEntrySatisfying(
              "page_source_refused_decommits", count -> assertThat(count).isPositive());
      source.heal();
      allocator.trim();
      assertThat(allocator.stats().committedBytes()).isZero();
    }
  }
}
