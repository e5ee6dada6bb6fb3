package io.hakmem.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhasesTest {

  private static final Pattern STATS = Pattern.compile("HAKMEM_POOL_V1_FLATTEN_STATS=(\\d)");

  private static Stream<Baseline> baselines() {
    return Phases.ALL.stream().flatMap(phase -> phase.baselines().stream());
  }

  private static String stats(String configuration) {
    return STATS.matcher(configuration).results().map(found -> found.group(1)).toList().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"54", "56-57", "MD1", "80", "81", "82", "82-final", "full"})
  void phase_ofTheOriginal_isPresentOnce(String name) {
    assertThat(Phases.names()).containsOnlyOnce(name);
  }

  @Test
  void phases_always_haveAQuestionAndRows() {
    assertThat(Phases.ALL)
        .allSatisfy(
            phase -> {
              assertThat(phase.question()).isNotBlank();
              assertThat(phase.baselines()).isNotEmpty();
            });
    assertThat(baselines()).allSatisfy(baseline -> assertThat(baseline.variants()).isNotEmpty());
  }

  @Test
  void comparison_always_countsOnBothSidesOrNeither() {
    assertThat(baselines())
        .allSatisfy(
            baseline ->
                assertThat(baseline.variants())
                    .filteredOn(variant -> !variant.text().startsWith("peer:"))
                    .allSatisfy(
                        variant ->
                            assertThat(stats(variant.text())).isEqualTo(stats(baseline.text()))));
  }

  @Test
  void finalRows_always_areFourConfigurationsAtThreeLengths() {
    Phase rows = Phases.select(List.of("82-final"), false).getFirst();
    assertThat(rows.baselines())
        .extracting(Baseline::ops)
        .containsExactly(10_000, 100_000, 1_000_000);
    assertThat(rows.baselines()).allSatisfy(baseline -> assertThat(baseline.variants()).hasSize(3));
  }

  @Test
  void select_names_areInTheirOrderWhateverTheCase() {
    assertThat(Phases.select(List.of("82", "md1", "82"), true))
        .extracting(Phase::name)
        .containsExactly("MD1", "82");
  }

  @Test
  void select_unknown_isRefusedWithTheList() {
    assertThatThrownBy(() -> Phases.select(List.of("55"), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("phase=55 is not one of " + String.join(", ", Phases.names()));
  }

  @Test
  void schedule_quick_fitsIntoSevenMinutes() {
    Schedule quick = Schedule.of(Phases.select(List.of(), true), true, null, null);
    assertThat(quick.rounds()).isGreaterThanOrEqualTo(Schedule.LEAST_ROUNDS);
    assertThat(quick.seconds()).isLessThan(420);
    assertThat(quick.secondsEach()).isEqualTo(1.45);
  }

  @Test
  void schedule_ofEverything_fitsIntoTwentyFiveMinutes() {
    Schedule full = Schedule.of(Phases.ALL, false, null, null);
    assertThat(full.rounds()).isEqualTo(10);
    assertThat(full.seconds()).isLessThan(25 * 60);
  }

  @Test
  void schedule_equalBaselines_shareTheirForks() {
    assertThat(Schedule.of(Phases.select(List.of("81", "82"), false), false, 4, 1).forks())
        .isEqualTo(3 * 4);
    assertThat(Schedule.of(Phases.select(List.of("82-final"), false), false, 3, 1).line())
        .startsWith("46 forks, 3 rounds of each comparison, about ");
  }

  @Test
  void scaled_shortRounds_areMore() {
    Baseline baseline = Phases.select(List.of("80"), false).getFirst().baselines().getFirst();
    assertThat(baseline.scaled(11)).isEqualTo(11);
    assertThat(baseline.withOps(10_000).scaled(11)).isEqualTo(1100);
    assertThat(baseline.withOps(2_000_000).scaled(11)).isEqualTo(11);
  }
}
