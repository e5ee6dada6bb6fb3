package io.hakmem.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.result.MemorySample;
import io.hakmem.bench.subject.SubjectKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the programs do, in a smaller measure. */
final class RowTest {

  private static final Scale EIGHTH = new Scale(0.125, 1);

  /** What the first call of an allocator allocates is no part of a program. */
  private static final int FIRST = 1;

  static Stream<Row> limits() {
    return Row.all().stream().filter(row -> row.limitBytes() != 0);
  }

  private static Column hakmem(Map<String, String> gates) {
    return new Column(SubjectKind.HAKMEM, "THROUGHPUT", gates);
  }

  @ParameterizedTest
  @CsvSource({
    // name, threads that allocate, allocations, blocks that stay, and those of them written whole
    "waiting-threads,   25,     25,   0,   0",
    "live-threads,     250,    250, 250, 250",
    "busy-then-waiting, 25,   1800,   0,   0",
    "freed-elsewhere,    1,  32768,   0,   0",
    "pool-of-threads,    8,  25600,   0,   0",
    "ended-threads,      8, 262144,   0,   0",
    "virtual-threads,  125, 128000,   0,   0",
    "idle-program,       1,  32768,   0,   0",
    "one-of-32,          1,  12288, 384, 384",
    "one-of-64,          1,  32768, 512, 512",
    "untouched,          1,    128, 128,   0",
    "large-untouched,    1,      1,   1,   0",
    "growing-buffer,     1,    128,   0,   0",
    "large-waste,        1,    125, 125, 125"
  })
  void program_small_makesItsCalls(
      String name, int threads, long allocations, int live, long written) {
    CountedBlocks counted = new CountedBlocks();
    try (Subject subject = counted.subject();
        Site site = new Site(subject, EIGHTH, 0, false)) {
      Double value = Row.of(List.of(name), false).getFirst().program().run(site);
      assertThat(value).isNotNull().isFinite();
      assertThat(counted.threads()).isEqualTo(threads);
      assertThat(counted.allocations() - FIRST).isEqualTo(allocations);
      assertThat(counted.live()).isEqualTo(live);
      assertThat(counted.liveWritten()).isEqualTo(written);
    }
  }

  @ParameterizedTest
  @MethodSource("limits")
  void limit_small_endsWithAFigureOrWithoutARefusal(Row row) {
    Cell cell = row.measure(hakmem(Map.of()), new Scale(0.25, 1));
    assertThat(cell.failure()).isNull();
    assertThat(cell.value())
        .satisfiesAnyOf(
            value -> assertThat(value).isNull(), value -> assertThat(value).isNotNegative());
  }

  @Test
  void mixed_anyComposition_isRefusedInTheEnd() {
    Row row = Row.of(List.of("limit-mixed-one"), false).getFirst();
    assertThat(row.measure(hakmem(Map.of()), new Scale(1, 1)).value()).isBetween(1.0, 100.1);
  }

  /** 32 MiB are used, and then none. */
  @Test
  void samples_ofAProgram_showWhatItHeldMeanwhileAndEndWithItsFigure() {
    Row row = Row.of(List.of("idle-program"), false).getFirst();
    Cell cell = row.measure(hakmem(Map.of("HAKMEM_DECAY_MS", "100")), new Scale(0.125, 200));
    List<MemorySample> samples = cell.samples();
    assertThat(samples).hasSizeGreaterThan(5).hasSizeLessThan(122);
    assertThat(samples).extracting(MemorySample::seconds).isSorted();
    assertThat(samples).extracting(MemorySample::event).containsOnlyNulls();
    MemorySample last = samples.getLast();
    assertThat(last.residentBytes() / (double) (1 << 20)).isEqualTo(cell.value());
    assertThat(last.liveBytes()).isZero();
    long most =
        samples.stream().mapToLong(each -> zeroIfNone(each.committedBytes())).max().orElse(0);
    assertThat(most).isGreaterThan(30L << 20);
    assertThat(last.committedBytes()).isLessThan(most / 2);
  }

  private static long zeroIfNone(@Nullable Long bytes) {
    return bytes == null ? 0 : bytes;
  }

  @Test
  void samples_whereTheFigureIsATime_areNone() {
    Row row = Row.of(List.of("growing-buffer"), false).getFirst();
    assertThat(row.measure(hakmem(Map.of()), EIGHTH).samples()).isEmpty();
  }

  @Test
  void rows_longOnes_runIfTheyAreAskedFor() {
    List<Row> quick = Row.of(List.of(), false);
    assertThat(quick).noneMatch(Row::isLong);
    assertThat(Row.of(List.of(), true)).hasSize(quick.size() + 1);
    assertThat(Row.of(List.of("one-of-32-regrowth"), false)).hasSize(1);
    assertThat(Row.all()).extracting(Row::name).doesNotHaveDuplicates();
    assertThatThrownBy(() -> Row.of(List.of("none"), false))
        .hasMessageStartingWith("row=none is not one of waiting-threads, ");
  }

  @Test
  void bound_ofEachKind_isHeldUpToItsValue() {
    assertThat(Bound.atMost(8).isHeld(8.0, null)).isTrue();
    assertThat(Bound.atMost(8).isHeld(8.1, null)).isFalse();
    assertThat(Bound.atLeast(85).isHeld(85.0, null)).isTrue();
    assertThat(Bound.atLeast(85).isHeld(84.9, null)).isFalse();
    assertThat(Bound.atLeast(85).isHeld(null, null)).as("nothing was refused").isTrue();
    assertThat(Bound.timesMalloc(2).isHeld(20.0, 10.0)).isTrue();
    assertThat(Bound.timesMalloc(2).isHeld(20.1, 10.0)).isFalse();
    assertThat(Bound.timesMalloc(2).isHeld(20.1, null)).as("nothing to compare with").isNull();
  }

  @Test
  void cells_ofHakmemAlone_areJudged() {
    Row row = Row.of(List.of("one-of-64"), false).getFirst();
    Column malloc = new Column(SubjectKind.MALLOC, "", Map.of());
    Column hakmem = hakmem(Map.of());
    Map<Column, Cell> cells = new LinkedHashMap<>();
    cells.put(hakmem, Cell.of(hakmem, 21.0));
    cells.put(malloc, Cell.of(malloc, 16.0));
    assertThat(FootprintResult.Measured.of(row, cells).cells())
        .containsExactly(
            new Cell("hakmem THROUGHPUT", 21.0, null, false, List.of()), Cell.of(malloc, 16.0));
    cells.put(hakmem, Cell.failed(hakmem, "a fork ended with 1"));
    assertThat(FootprintResult.Measured.of(row, cells).cells().getFirst().misses()).isTrue();
  }
}
