package io.hakmem.bench.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.Stats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SampleTextTest {

  private static final long MIB = 1L << 20;

  private static Sample sample(long seconds, long allocations) {
    Snapshot stats =
        new Snapshot(
            1024 * MIB,
            10 * MIB,
            12 * MIB,
            64 * MIB,
            6 * MIB,
            3 * MIB,
            allocations,
            7,
            3,
            new Stats.RefusedFrees(1, 2, 4, 0),
            5,
            2,
            9,
            MIB,
            List.of(new Stats.Box("pool-v1", 20, 6 * MIB, 3 * MIB, allocations, 7)),
            List.of(
                new Stats.SizeClass("pool-v1", 32, 1, 64, 128, 10, 9),
                new Stats.SizeClass("pool-v1", 48, 3, MIB, MIB, 0, 0),
                new Stats.SizeClass("pool-v1", 64, 3, MIB, MIB, 10, 9)),
            List.of(
                new Stats.Fallback("pool-v1-flat", "pool-v1", 64, "bin empty", 4),
                new Stats.Fallback("pool-v1", "large-blocks", 0, "above the last class", 8)),
            new TreeMap<>());
    return new Sample(
        "17",
        Instant.EPOCH.plusSeconds(seconds),
        seconds * 1_000_000_000,
        new TreeMap<>(Map.of("orders", stats)));
  }

  @Test
  void text_withASampleBefore_hasRates() {
    String text = new SampleText(10).of(sample(12, 50_000), sample(10, 10_000));
    assertThat(text)
        .contains("JVM 17  orders", "allocations 50,000 (20.0 K/s)  frees 7 (0.0 /s)")
        .containsPattern("committed +10.0 MiB +peak +12.0 MiB +limit +64.0 MiB")
        .containsPattern("live +6.0 MiB +cached +3.0 MiB +unused +1.0 MiB")
        .contains("refused: foreign 1, interior 2, already free 4, wrong size 0")
        .contains("limit hits 5  out of memory 2", "trims 9")
        .containsPattern("pool-v1 +20 +6.0 MiB +3.0 MiB +20.0 K/s +0.0 /s");
  }

  @Test
  void text_withoutASampleBefore_hasDashes() {
    assertThat(new SampleText(10).of(sample(12, 50_000), null))
        .contains("allocations 50,000 (-)  frees 7 (-)");
  }

  @Test
  void text_ofFewRows_hasTheLargestAndBusiestClassAndTheMostFallbacks() {
    String text = new SampleText(1).of(sample(1, 1), null);
    assertThat(text).containsPattern("pool-v1 +3 +1.0 MiB +1.0 MiB +64 +10");
    assertThat(text).containsPattern("pool-v1 +large-blocks +large +8 +above the last class");
    assertThat(text).doesNotContain("bin empty").doesNotContain("128 B");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1610612736, 1.5 GiB"})
  void bytes_ofEachSize_haveTheirUnit(long bytes, String text) {
    assertThat(SampleText.bytes(bytes)).isEqualTo(text);
  }
}
