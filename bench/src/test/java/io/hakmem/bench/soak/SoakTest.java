package io.hakmem.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.bench.result.MemorySample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short soak, and the verdict on samples that are known. */
@Tag("slow")
final class SoakTest {

  private static final long MIB = 1 << 20;

  private static List<SoakSample> samples(IntToLongFunction residentMib) {
    List<SoakSample> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long bytes = residentMib.applyAsLong(i) * MIB;
      samples.add(new SoakSample(i, "ALL", new MemorySample(null, i * 10.0, bytes, 0L, 0L)));
    }
    return samples;
  }

  @Test
  void verdict_memoryThatStays_isFlat() {
    SoakVerdict verdict = SoakVerdict.of(samples(i -> 100 + i % 3 + (i == 30 ? 500 : 0)));
    assertThat(verdict.isFlat()).isTrue();
    assertThat(verdict.growthBytes()).isBetween(-MIB, MIB);
  }

  @Test
  void verdict_memoryThatGrowsSlowly_isNot() {
    SoakVerdict verdict = SoakVerdict.of(samples(i -> 100 + i / 3 + i % 3));
    assertThat(verdict.isFlat()).isFalse();
    assertThat(verdict.growthBytes()).isBetween(8 * MIB, 12 * MIB);
    assertThat(verdict.limitBytes()).isEqualTo(8 * MIB);
  }

  @Test
  void burst_thatStaysResident_isNotGivenBack() {
    assertThat(new SoakVerdict.Burst(1000, 100, 1100, 151).isGivenBack()).isFalse();
    assertThat(new SoakVerdict.Burst(1000, 100, 1100, 149).isGivenBack()).isTrue();
  }

  /** What is committed is exact; what is resident of the JVM itself is judged in long runs only. */
  @Test
  void soak_short_leavesWhatIsLiveAndGivesTheBurstBack()
      throws InterruptedException, ExecutionException {
    try (HakAllocator allocator = HakAllocator.create()) {
      Soak soak = new Soak(allocator, 2, 1);
      List<SoakSample> samples = soak.run(1, TimeUnit.MILLISECONDS.toNanos(50), sample -> {});
      assertThat(samples).hasSize(SoakVerdict.FEWEST_SAMPLES);
      assertThat(samples)
          .extracting(SoakSample::liveBytes)
          .containsOnly(samples.getFirst().liveBytes());
      assertThat(samples.getLast().committedBytes())
          .isLessThanOrEqualTo(samples.getFirst().committedBytes() + MIB);
      soak.burst(512 * MIB); // What the JVM takes to compile it is resident as well.
      SoakVerdict.Burst burst = soak.burst(512 * MIB);
      assertThat(burst.bytes()).isGreaterThanOrEqualTo(512 * MIB);
      assertThat(burst.peakBytes() - burst.beforeBytes()).isGreaterThan(400 * MIB);
      assertThat(burst.isGivenBack()).as("%s", burst).isTrue();
    }
  }
}
