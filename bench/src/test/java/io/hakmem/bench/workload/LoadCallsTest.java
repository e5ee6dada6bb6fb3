package io.hakmem.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.load.Mstress;
import io.hakmem.bench.load.SmallLoads;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each load makes the calls of its census, round after round, and frees every block once. */
final class LoadCallsTest {

  /** Whose peak depends on the speed of threads even where one was asked for. */
  private static final Set<String> RACING = Set.of("xmalloc", "virtual");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void run_anyLoad_makesTheCallsOfItsCensus(int threads) throws Exception {
    for (Workload load : SmallLoads.of(threads)) {
      Census census = load.census();
      assertThat(census.calls().allocs()).as(load.name()).isEqualTo(census.calls().frees());
      try (RecordingSubject subject = new RecordingSubject()) {
        for (int round = 0; round < 2; round++) {
          subject.round(load);
          assertThat(subject.calls()).as(load.name()).isEqualTo(census.calls());
        }
        assertPeak(load, census, subject);
      }
    }
  }

  private static void assertPeak(Workload load, Census census, RecordingSubject subject) {
    if (load.threads() == 1 && !RACING.contains(load.name())) {
      assertThat(subject.peakLive()).as(load.name()).isEqualTo(census.peakLive());
      assertThat(subject.peakLiveBytes()).as(load.name()).isEqualTo(census.peakLiveBytes());
    } else if (!(load instanceof Mstress)) {
      assertThat(subject.peakLive()).as(load.name()).isBetween(1L, census.peakLive());
      assertThat(subject.peakLiveBytes()).as(load.name()).isBetween(1L, census.peakLiveBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void maxBytes_anyLoad_boundsWhatItAsksFor(int threads) {
    for (Workload load : SmallLoads.of(threads)) {
      Census census = load.census();
      assertThat(census.peakLiveBytes())
          .as(load.name())
          .isBetween(1L, census.peakLive() * load.maxBytes());
    }
  }
}
