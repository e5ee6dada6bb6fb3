package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.bench.reliability.FaultySource.Call;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A page source throws Errors, from each of its calls, before it has done its work or after. */
@Timeout(60)
final class SourceErrorsTest {

  private static final long LIMIT_BYTES = 16 << 20;
  private static final int SMALL = 255;
  private static final int LARGE = 51;
  private static final int OWN_MAPPINGS = 5;
  private static final long LARGE_BYTES = 256 << 10;
  private static final long OWN_MAPPING_BYTES = 1 << 20;

  private static final Map<String, Supplier<Throwable>> THROWN =
      Map.of(
          "OutOfMemoryError", () -> new OutOfMemoryError("injected"),
          "StackOverflowError", () -> new StackOverflowError("injected"),
          "InternalError", () -> new InternalError("injected"),
          "AssertionError", () -> new AssertionError("injected"),
          "NoClassDefFoundError", () -> new NoClassDefFoundError("injected"),
          "RuntimeException", () -> new IllegalArgumentException("injected"),
          "Exception", () -> new Exception("injected"));

  private final FaultySource source = new FaultySource();

  static List<Arguments> cases(Call... kinds) {
    List<Arguments> all = new ArrayList<>();
    for (Call kind : kinds) {
      THROWN.keySet().stream().sorted().forEach(name -> all.add(Arguments.of(kind, name)));
    }
    return all;
  }

  static List<Arguments> asked() {
    return cases(Call.RESERVE, Call.COMMIT);
  }

  static List<Arguments> givenBack() {
    return cases(Call.HUGE_PAGES, Call.DECOMMIT, Call.RELEASE);
  }

  static List<Arguments> releases() {
    return cases(Call.RELEASE);
  }

  static List<Arguments> ends() {
    return cases(Call.RELEASE, Call.CLOSE);
  }

  private HakAllocator allocator() {
    return HakAllocator.builder()
        .pageSource(source)
        .set("HAKMEM_MEMORY_LIMIT", Long.toString(LIMIT_BYTES))
        .set("HAKMEM_POOL_ZERO_MODE", "off")
        .set("HAKMEM_HEAP_PREFILL", "0")
        .set("HAKMEM_HUGE_PAGES_FROM", "0")
        .set("HAKMEM_COMMIT_BYTES", "256KiB")
        .set("HAKMEM_REGION_BYTES", "1MiB")
        .set("HAKMEM_LARGE_MAPPING_BYTES", Long.toString(OWN_MAPPING_BYTES))
        .build();
  }

  private void failFromNowOn(Call kind, String name) {
    Supplier<Throwable> thrown = Objects.requireNonNull(THROWN.get(name));
    source.failWith(thrown);
    source.fail(kind, source.calls(kind) + 1, Integer.MAX_VALUE);
  }

  private static void assertAllFail(HakAllocator allocator, int times, long bytes) {
    for (int i = 0; i < times; i++) {
      assertThat(catchThrowable(() -> allocator.allocate(bytes))).as("call %d", i).isNotNull();
    }
  }

  /** All that the limit allows, in blocks that fill it to the last byte. */
  private void assertWholeLimit(HakAllocator allocator, long bytes) {
    List<Long> blocks = new ArrayList<>();
    Throwable end = null;
    while (end == null) {
      end = catchThrowable(() -> blocks.add(allocator.allocate(bytes)));
    }
    assertThat(end).isInstanceOf(OutOfNativeMemoryException.class);
    assertThat(blocks.size() * bytes).isEqualTo(LIMIT_BYTES);
    assertThat(source.committedBytes()).isEqualTo(LIMIT_BYTES);
    blocks.forEach(allocator::free);
    allocator.trim();
    assertThat(allocator.stats().committedBytes()).isEqualTo(source.committedBytes()).isZero();
    allocator.checkInvariants();
  }

  /** The error that JUnit would end the run for fails one test here. */
  private static void assertSucceeds(ThrowingCallable call) {
    assertThat(catchThrowable(call)).isNull();
  }

  private void assertEndsWithNothing(HakAllocator allocator) {
    assertSucceeds(allocator::close);
    assertThat(source.regionCount()).isZero();
    assertThat(allocator.stats().reservedBytes()).isZero();
    assertThat(allocator.stats().committedBytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("asked")
  void allocate_sourceThatThrows_doesNotEatTheLimit(Call kind, String thrown) {
    HakAllocator allocator = allocator();
    failFromNowOn(kind, thrown);
    assertAllFail(allocator, SMALL, 100);
    assertAllFail(allocator, LARGE, LARGE_BYTES);
    assertAllFail(allocator, OWN_MAPPINGS, OWN_MAPPING_BYTES);
    assertThat(allocator.stats().committedBytes()).isZero();
    source.heal();
    allocator.free(allocator.allocate(100));
    allocator.trim();
    assertWholeLimit(allocator, LARGE_BYTES);
    assertWholeLimit(allocator, OWN_MAPPING_BYTES);
    assertEndsWithNothing(allocator);
  }

  /** Frees, trims and advice do not throw what the source throws. */
  @ParameterizedTest
  @MethodSource("givenBack")
  void free_sourceThatThrows_succeedsAndDoesNotEatTheLimit(Call kind, String thrown) {
    HakAllocator allocator = allocator();
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < OWN_MAPPINGS; i++) {
      blocks.add(allocator.allocate(100));
      blocks.add(allocator.allocate(LARGE_BYTES));
      blocks.add(allocator.allocate(OWN_MAPPING_BYTES));
    }
    failFromNowOn(kind, thrown);
    blocks.forEach(block -> assertSucceeds(() -> allocator.free(block)));
    for (int i = 0; i < OWN_MAPPINGS; i++) {
      assertSucceeds(() -> allocator.free(allocator.allocate(LARGE_BYTES)));
      assertSucceeds(() -> allocator.free(allocator.allocate(OWN_MAPPING_BYTES)));
    }
    assertSucceeds(allocator::trim);
    assertThat(source.failures()).isPositive();
    assertThat(allocator.stats().committedBytes()).isEqualTo(source.committedBytes());
    source.heal();
    allocator.trim();
    assertWholeLimit(allocator, LARGE_BYTES);
    assertWholeLimit(allocator, OWN_MAPPING_BYTES);
    assertEndsWithNothing(allocator);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void free_releaseThatThrows_staysReservedAndIsTriedAgain(Call kind, String thrown) {
    HakAllocator allocator = allocator();
    long block = allocator.allocate(OWN_MAPPING_BYTES);
    failFromNowOn(kind, thrown);
    assertSucceeds(() -> allocator.free(block));
    assertThat(allocator.stats().reservedBytes()).isEqualTo(OWN_MAPPING_BYTES);
    assertThat(allocator.stats().committedBytes()).isZero();
    assertSucceeds(allocator::trim);
    assertThat(allocator.stats().reservedBytes()).isEqualTo(OWN_MAPPING_BYTES);
    assertThat(allocator.stats().counters()).containsEntry("page_source_refused_releases", 2L);
    source.heal();
    allocator.trim();
    assertThat(allocator.stats().reservedBytes()).isZero();
    assertThat(source.regionCount()).isZero();
    assertEndsWithNothing(allocator);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void free_releaseThatWorksAndThrows_endsWithNothingAfterTheClose(Call kind, String thrown) {
    HakAllocator allocator = allocator();
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < OWN_MAPPINGS; i++) {
      blocks.add(allocator.allocate(OWN_MAPPING_BYTES));
    }
    source.workFirst();
    failFromNowOn(kind, thrown);
    blocks.forEach(block -> assertSucceeds(() -> allocator.free(block)));
    source.heal();
    allocator.trim();
    allocator.free(allocator.allocate(100));
    assertEndsWithNothing(allocator);
  }

  @ParameterizedTest
  @MethodSource("ends")
  void close_sourceThatThrows_canBeRepeated(Call kind, String thrown) {
    HakAllocator allocator = allocator();
    allocator.allocate(100);
    allocator.allocate(LARGE_BYTES);
    allocator.free(allocator.allocate(OWN_MAPPING_BYTES));
    allocator.allocate(OWN_MAPPING_BYTES);
    failFromNowOn(kind, thrown);
    Throwable first = catchThrowable(allocator::close);
    Throwable second = catchThrowable(allocator::close);
    assertThat(first == null).isEqualTo(kind == Call.RELEASE);
    assertThat(second == null).isEqualTo(kind == Call.RELEASE);
    assertThat(allocator.stats().committedBytes()).isEqualTo(source.committedBytes());
    source.heal();
    assertEndsWithNothing(allocator);
    assertEndsWithNothing(allocator);
  }

  /** Memory of arenas that are open keeps its region, and the others are released one by one. */
  @ParameterizedTest
  @MethodSource("ends")
  @SuppressWarnings("MustBeClosed") // Each close is looked at.
  void close_openArenaAndSourceThatThrows_canBeRepeated(Call kind, String thrown) {
    HakAllocator allocator = allocator();
    Arena arena = allocator.arena();
    arena.allocate(100).fill((byte) 1);
    allocator.allocate(OWN_MAPPING_BYTES);
    allocator.allocate(LARGE_BYTES);
    failFromNowOn(kind, thrown);
    assertSucceeds(allocator::close);
    assertThat(allocator.stats().committedBytes()).isPositive();
    Throwable atTheEnd = catchThrowable(arena::close);
    assertThat(atTheEnd == null || kind == Call.CLOSE).isTrue();
    source.heal();
    assertEndsWithNothing(allocator);
  }
}
