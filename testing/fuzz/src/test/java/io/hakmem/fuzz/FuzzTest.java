package io.hakmem.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.Composition;
import io.hakmem.Compositions;
import io.hakmem.HakAllocator;
import io.hakmem.SettingsException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A minute of the fuzzer; {@code -Dfuzz.seed=N} repeats one, as far as threads can be repeated. */
@Tag("slow")
final class FuzzTest {

  private static final long SEED =
      Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong());
  private static final long SECONDS = Long.getLong("fuzz.seconds", 60);

  @Test
  void fuzz_aMinuteOfAllProfilesAndSources_findsNoFault() throws InterruptedException {
    Fuzz.Progress result =
        new Fuzz(SEED, 2, null)
            .run(Long.MAX_VALUE, TimeUnit.SECONDS.toNanos(SECONDS), progress -> {});
    assertThat(result.operations()).as("%s", result).isPositive();
    assertThat(result.refusedFrees()).as("%s", result).isPositive();
  }

  @Test
  void fuzz_sameSeedAlone_makesTheSameCalls() throws InterruptedException {
    Fuzz.Progress once = new Fuzz(7, 1, "LEGACY").run(30_000, Long.MAX_VALUE, progress -> {});
    Fuzz.Progress again = new Fuzz(7, 1, "LEGACY").run(30_000, Long.MAX_VALUE, progress -> {});
    assertThat(again.refusedFrees()).isEqualTo(once.refusedFrees()).isPositive();
    assertThat(again.operations()).isEqualTo(once.operations()).isEqualTo(30_000);
  }

  @Test
  void gates_overTheirRounds_areEveryValueThatIsNoDefault() {
    Gates gates = new Gates();
    SplittableRandom random = new SplittableRandom(1);
    Set<String> drawn = new HashSet<>();
    for (int round = 0; round < gates.rounds(); round++) {
      gates
          .of(round, random, null)
          .values()
          .forEach((gate, value) -> drawn.add(gate + "=" + value));
    }
    assertThat(drawn).containsAll(valuesThatAreNoDefaults()).contains("HAKMEM_TINY_LARSON_FIX=0");
  }

  private static List<String> valuesThatAreNoDefaults() {
    return Compositions.gates(Map.of(), null).stream()
        .flatMap(
            gate ->
                gate.values().stream()
                    .filter(value -> !value.equals(gate.defaultText()))
                    .map(value -> gate.name() + "=" + value))
        .toList();
  }

  @Test
  void gates_overManyRounds_areEveryProfileAndNone() {
    Gates gates = new Gates();
    SplittableRandom random = new SplittableRandom(1);
    Set<String> drawn = new HashSet<>();
    for (int round = 0; round < 200; round++) {
      drawn.add(String.valueOf(gates.of(round, random, null).profile()));
    }
    Set<String> expected = new HashSet<>(Set.of("null"));
    Compositions.profiles().forEach(profile -> expected.add(profile.name()));
    assertThat(drawn).isEqualTo(expected);
  }

  @Test
  void gates_thatAreTexts_areNotTried() {
    assertThat(Compositions.gates(Map.of(), null))
        .filteredOn(gate -> gate.values().isEmpty())
        .extracting(Compositions.GateInfo::name)
        .containsExactlyInAnyOrder(
            "HAKMEM_PROFILE", "HAKMEM_CONFIG", "HAKMEM_JMX_NAME", "HAKMEM_RECORD");
  }

  @Test
  void fuzz_gatesThatExcludeEachOther_areCountedAndSaid() throws InterruptedException {
    Fuzz.Progress result = new Fuzz(7, 1, null).repeat(firstRefusedRound(7));
    assertThat(result.refusedCompositions()).isEqualTo(1);
    assertThat(result.refusals()).singleElement().asString().contains("HAKMEM_");
  }

  private static long firstRefusedRound(long seed) {
    Gates gates = new Gates();
    for (long round = 0; round < 10_000; round++) {
      try {
        gates.of(round, Fuzz.randomOf(seed, round), null).compose().close();
      } catch (SettingsException expected) {
        return round;
      }
    }
    throw new IllegalStateException("no gates exclude each other any more");
  }

  @Test
  void fuzz_unknownProfile_isRefused() {
    assertThatThrownBy(() -> new Fuzz(7, 1, "NONE"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("NONE");
  }

  @Test
  void play_blocksThatOnlyPromiseToBeCleared_isAFault() {
    Composition.Blocks lie = new Composition.Blocks(Long.MAX_VALUE, true, false, false);
    assertThatThrownBy(() -> play("off", lie))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wrong clearing at byte");
    Composition.Blocks header = new Composition.Blocks(24, true, false, false);
    assertThatThrownBy(() -> play("header", header))
        .hasMessageContaining("wrong clearing at byte 1");
  }

  @Test
  void play_blocksThatAreWhatTheyPromise_findsNoFault() {
    for (String mode : List.of("full", "header", "off")) {
      play(mode, null);
    }
  }

  private static void play(String zeroMode, Composition.@Nullable Blocks promised) {
    HakAllocator.Builder builder = HakAllocator.builder().set("HAKMEM_POOL_ZERO_MODE", zeroMode);
    try (HakAllocator allocator = builder.build()) {
      Composition.Blocks told = promised == null ? allocator.composition().blocks() : promised;
      Player player = new Player(allocator, new Handover(), 1, 100, told, true);
      player.play(20_000);
      player.inherit(player.held());
    }
  }
}
