package io.hakmem.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of a run, however many there were. */
final class MemorySeriesTest {

  private static final int MOST = 10;

  private static MemorySample sample(int number) {
    return new MemorySample((long) number, number, number, null, null);
  }

  private static List<Long> events(int samples) {
    MemorySeries series = new MemorySeries(MOST);
    IntStream.range(0, samples).forEach(number -> series.add(sample(number)));
    return series.samples().stream().map(MemorySample::event).toList();
  }

  @Test
  void samples_few_areAllKept() {
    assertThat(events(0)).isEmpty();
    assertThat(events(1)).containsExactly(0L);
    assertThat(events(10)).hasSize(10);
  }

  @Test
  void samples_tooMany_areEachSecond() {
    assertThat(events(11)).containsExactly(0L, 2L, 4L, 6L, 8L, 10L);
    assertThat(events(12)).containsExactly(0L, 2L, 4L, 6L, 8L, 10L, 11L);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1001, 5000})
  void samples_ofALongRun_areFewEvenAndEndWithTheLast(int count) {
    List<Long> events = events(count);
    assertThat(events).hasSizeBetween(MOST / 2, MOST + 1).startsWith(0L).endsWith(count - 1L);
    long step = events.get(1);
    for (int i = 0; i < events.size() - 1; i++) {
      assertThat(events.get(i)).isEqualTo(i * step);
    }
  }

  @Test
  void samples_thatWereCleared_areNone() {
    MemorySeries series = new MemorySeries(MOST);
    IntStream.range(0, 100).forEach(number -> series.add(sample(number)));
    series.clear();
    assertThat(series.samples()).isEmpty();
    series.add(sample(7));
    series.add(sample(8));
    assertThat(series.samples()).containsExactly(sample(7), sample(8));
  }
}
