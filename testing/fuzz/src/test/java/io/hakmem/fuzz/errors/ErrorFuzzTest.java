package io.hakmem.fuzz.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.Compositions;
import io.hakmem.HakAllocator;
import io.hakmem.SettingsException;
import io.hakmem.fuzz.Handover;
import io.hakmem.fuzz.Waiting;
import io.hakmem.fuzz.errors.DrawnCall.Kind;
import io.hakmem.fuzz.fault.FailingSource;
import io.hakmem.fuzz.fault.Fault;
import io.hakmem.gate.Profile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short form of {@code hakmem fuzz --errors}; {@code -Dfuzz.seed=N} repeats one. */
@Tag("slow")
final class ErrorFuzzTest {

  private static final long SEED =
      Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong());

  private static final int ROUND = 2;
  private static final int PROFILES = 3;
  private static final ErrorFuzz.OwnJvm NO_OTHER_JVM =
      (seed, round, profile) -> {
        throw new IllegalStateException("a JVM was asked for round " + round);
      };

  /** Some of all profiles, by the seed: a build that tries all takes minutes more. */
  static List<String> profiles() {
    List<String> all =
        new ArrayList<>(Compositions.profiles().stream().map(Profile::name).toList());
    Collections.shuffle(all, new Random(SEED));
    return all.subList(0, PROFILES);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void fuzz_callsCutOffAtTheEndOfTheStack_loseNothing(String profile) throws Exception {
    ErrorFuzz.Progress made = round(profile, Scarce.STACK);
    assertThat(made.cutAtStackEnd() + made.refusedCompositions()).as("%s", made).isPositive();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void fuzz_pageSourceThatThrows_losesNothing(String profile) throws Exception {
    ErrorFuzz.Progress made = round(profile, Scarce.SOURCE);
    assertThat(made.thrownBySource() + made.refusedCompositions()).as("%s", made).isPositive();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void fuzz_boxThatThrows_losesNothing(String profile) throws Exception {
    ErrorFuzz.Progress made = round(profile, Scarce.BOX);
    assertThat(made.thrownByBox() + made.refusedCompositions()).as("%s", made).isPositive();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void fuzz_objectsThatCannotBeMade_loseNothing(String profile) throws Exception {
    ErrorFuzz.Progress made = round(profile, Scarce.OBJECT);
    assertThat(made.cutAtObject() + made.refusedCompositions()).as("%s", made).isPositive();
  }

  private static ErrorFuzz.Progress round(String profile, Scarce scarce) throws Exception {
    return new ErrorFuzz(SEED, profile, scarce, NO_OTHER_JVM).repeat(ROUND);
  }

  @Test
  void fuzz_roundOfTheJavaHeap_isPlayedByTheOtherJvm() throws Exception {
    List<String> asked = new ArrayList<>();
    ErrorFuzz.OwnJvm other =
        (seed, round, profile) -> {
          asked.add(seed + " " + round + " " + profile);
          return new ErrorFuzz.Progress(seed, 1, 20, 0, 3, 0, 0, 0, 2, 0, 1.5);
        };
    ErrorFuzz.Progress made = new ErrorFuzz(7, "LEGACY", Scarce.HEAP, other).repeat(ROUND);
    assertThat(asked).containsExactly("7 " + ROUND + " LEGACY");
    assertThat(made)
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(new ErrorFuzz.Progress(7, 1, 20, 0, 3, 0, 0, 0, 2, 0, 0));
  }

  @Test
  void fuzz_unknownProfile_isRefused() {
    assertThatThrownBy(() -> new ErrorFuzz(7, "NONE", null, NO_OTHER_JVM))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("NONE");
  }

  @Test
  void stackEnd_oneCall_isCutOffUntilItIsDone() throws InterruptedException {
    try (HakAllocator allocator = HakAllocator.builder().build()) {
      DrawnCall call = new DrawnCall(allocator);
      StackEnd end = new StackEnd(new SplittableRandom(1), call);
      call.kind = Kind.TRIM;
      Thread thread = new Thread(null, () -> end.exhaust(call), "deep", StackEnd.STACK_BYTES);
      thread.start();
      thread.join();
      assertThat(call.over).isTrue();
      assertThat(call.thrown).isNull();
      assertThat(end.attempts()).isEqualTo(end.cut() + 1).isGreaterThan(1);
    }
  }

  @Test
  void model_blockThatWasLost_isAFault() {
    try (HakAllocator allocator = HakAllocator.builder().build()) {
      Model model = new Model(allocator, new Handover(), new SplittableRandom(1), 20);
      long lost = allocator.allocate(100);
      assertThatThrownBy(model::lookAtLiveBytes)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("but 0 are held");
      allocator.free(lost);
      model.lookAtLiveBytes();
    }
  }

  @Test
  void source_thatIsArmed_throwsOnceBeforeOrAfterItsWork() {
    Fault fault = new Fault();
    try (FailingSource source = new FailingSource(fault)) {
      OutOfMemoryError error = new OutOfMemoryError("injected");
      fault.arm(1, false, error);
      source.reserve(FailingSource.GRANULE_BYTES);
      assertThatThrownBy(() -> source.reserve(FailingSource.GRANULE_BYTES)).isSameAs(error);
      source.reserve(FailingSource.GRANULE_BYTES);
      assertThat(fault.fired()).isEqualTo(1);
      assertThat(source.regionCount()).isEqualTo(2);
    }
  }

  @Test
  void waiting_threadThatEnds_returns() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    Thread thread = Thread.ofPlatform().daemon().start(latch::countDown);
    Waiting.forEnd(thread, () -> 0);
    assertThat(latch.getCount()).isZero();
    assertThat(thread.isAlive()).isFalse();
  }
}
