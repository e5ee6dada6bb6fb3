package io.hakmem.bench.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.page.Browser;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.verdict.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search finds what is better, and says when nothing is. */
final class TunerTest {

  private static final long SECOND = 1_000_000_000;
  private static final Configuration BASE = Configuration.parse(Side.A, "THROUGHPUT");
  private static final List<Configuration> CANDIDATES =
      Candidates.around(BASE, new FittedClasses());

  private SplittableRandom random = new SplittableRandom(3);
  private long nowNs;

  /** A process of a second, with noise of two in a hundred. */
  private Report report(double speed, double bytes) throws IOException {
    nowNs += SECOND;
    double noise = 0.98 + random.nextDouble() * 0.04;
    return Json.read(
        "{\"cold_mops\": 1.0, \"steady_mops\": %s, \"peak_resident_bytes\": %s}"
            .formatted(speed * noise, Math.round(bytes * noise)),
        Report.class);
  }

  private TuneResult tune(
      Objective objective,
      long seconds,
      ToDoubleFunction<Configuration> speed,
      ToDoubleFunction<Configuration> bytes)
      throws Exception {
    return new Tuner(objective, BASE, 1, () -> nowNs, _ -> {})
        .run(
            CANDIDATES,
            seconds * SECOND,
            (configuration, _, _) ->
                report(speed.applyAsDouble(configuration), bytes.applyAsDouble(configuration)));
  }

  private static boolean changes(Configuration each, String gate) {
    return each.gates().containsKey(gate);
  }

  @Test
  void candidates_always_keepWhatTheBasePromises() {
    assertThat(CANDIDATES).hasSizeGreaterThan(10);
    assertThat(CANDIDATES)
        .allSatisfy(
            each -> {
              assertThat(each.values().get("HAKMEM_POOL_ZERO_MODE")).isEqualTo("off");
              assertThat(each.values().get("HAKMEM_CHECKS")).isEqualTo("on");
              assertThat(each.values().get("HAKMEM_RECORD")).isEmpty();
            });
    Set<Object> values = new HashSet<>();
    CANDIDATES.forEach(each -> values.add(Configuration.effective(each.values())));
    assertThat(values).hasSameSizeAs(CANDIDATES);
  }

  @Test
  void classes_ofBlocksOfOneSize_holdThatSize() {
    Events.Builder events = new Events.Builder();
    for (int slot = 0; slot < 100; slot++) {
      events.add(Events.Kind.ALLOCATE, 0, slot, slot < 50 ? 1100 : 3000, 0);
      events.add(Events.Kind.ALLOCATE, 0, 100 + slot, 4100 + slot, 0);
    }
    FittedClasses fitted = new FittedClasses();
    fitted.add(events.build());
    assertThat(fitted.text(3).split(",", -1)).contains("1104", "3008", "4208", "16", "524288");
    assertThat(fitted.text(2).split(",", -1)).hasSize(18).contains("1104", "4208");
  }

  @Test
  void classes_ofVeryManySizes_areFewAndHoldTheLargest() {
    Events.Builder events = new Events.Builder();
    for (int slot = 0; slot < 5000; slot++) {
      events.add(Events.Kind.ALLOCATE, 0, slot, 7 * slot + 1, 0);
    }
    FittedClasses fitted = new FittedClasses();
    fitted.add(events.build());
    List<Integer> sizes =
        Arrays.stream(fitted.text(24).split(",", -1)).map(Integer::valueOf).toList();
    assertThat(sizes).isSorted().hasSizeBetween(24, 40);
    assertThat(sizes.getLast()).isEqualTo(512 << 10);
    assertThat(sizes).as("that of 34,994 bytes").contains(36_864);
  }

  @Test
  void search_oneThatIsFaster_isRecommended() throws Exception {
    TuneResult result =
        tune(
            Objective.SPEED,
            1000,
            each -> changes(each, "HAKMEM_COMMIT_BYTES") ? 1.2 : 1,
            _ -> 1e6);
    assertThat(result.verdict()).isEqualTo(Verdict.GO);
    assertThat(result.recommended()).contains("HAKMEM_COMMIT_BYTES=");
    assertThat(result.settings()).containsKey("HAKMEM_COMMIT_BYTES");
    assertThat(result.settings()).containsEntry("HAKMEM_POOL_ZERO_MODE", "off");
    assertThat(result.heldBack().getFirst().isFront()).isTrue();
    assertThat(nowNs).isLessThan(1200 * SECOND);
  }

  @Test
  void search_oneThatIsLeanerAndSlower_isRecommendedByItsObjectiveOnly() throws Exception {
    ToDoubleFunction<Configuration> speed = each -> changes(each, "HAKMEM_COMMIT_BYTES") ? 0.5 : 1;
    ToDoubleFunction<Configuration> bytes =
        each -> changes(each, "HAKMEM_COMMIT_BYTES") ? 0.7e6 : 1e6;
    assertThat(tune(Objective.MEMORY, 1000, speed, bytes).recommended())
        .contains("HAKMEM_COMMIT_BYTES=");
    nowNs = 0;
    assertThat(tune(Objective.SPEED, 1000, speed, bytes).recommended()).isEqualTo(BASE.text());
  }

  @Test
  void search_whereAllAreAlike_recommendsTheBase() throws Exception {
    TuneResult result = tune(Objective.BOTH, 1000, _ -> 1, _ -> 1e6);
    assertThat(result.verdict()).isNotEqualTo(Verdict.GO);
    assertThat(result.recommended()).isEqualTo(BASE.text());
  }

  /** Each finalist is better by far; only the rounds are missing. */
  @Test
  void search_withoutTime_recommendsTheBaseAndSaysWhy() throws Exception {
    TuneResult result =
        tune(Objective.SPEED, 10, each -> each.text().equals(BASE.text()) ? 1 : 2, _ -> 1e6);
    assertThat(result.looked()).isBetween(1, result.candidates() - 1);
    assertThat(result.verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(result.recommended()).isEqualTo(BASE.text());
    assertThat(result.conclusion())
        .isEqualTo(
            "There are too few rounds for a verdict, 3 of at least %d: keep THROUGHPUT, or search longer"
                    .formatted(result.roundsNeeded())
                + " with --budget.");
    assertThat(TuneText.properties(result).getFirst()).endsWith(result.conclusion());
  }

  @Test
  void search_withoutTimeForOneCandidate_saysSo() throws Exception {
    TuneResult result = tune(Objective.SPEED, 1, _ -> 1, _ -> 1e6);
    assertThat(result.looked()).isZero();
    assertThat(result.recommended()).isEqualTo(BASE.text());
    assertThat(result.conclusion())
        .isEqualTo(
            "None of %d candidates ran: keep THROUGHPUT, or search longer with --budget."
                .formatted(result.candidates()));
  }

  /** As many finalists as the time can judge, so that it is not spent without a verdict. */
  @ParameterizedTest
  @ValueSource(ints = {60, 100, 150, 300})
  void search_ofAnyTimeThatIsEnoughForOne_endsWithAVerdict(int seconds) throws Exception {
    TuneResult result = tune(Objective.SPEED, seconds, _ -> 1, _ -> 1e6);
    assertThat(result.heldBack()).isNotEmpty();
    assertThat(result.noise().rounds()).isGreaterThanOrEqualTo(result.roundsNeeded());
    assertThat(result.verdict()).isEqualTo(Verdict.NEUTRAL);
    assertThat(result.conclusion())
        .isEqualTo(
            "Nothing is better than THROUGHPUT by the objective speed beyond the noise: keep it.");
    assertThat(nowNs).isLessThan(seconds * SECOND * 5 / 4);
  }

  /** What was recommended in such searches was the luckiest of several. */
  @ParameterizedTest
  @EnumSource(Objective.class)
  void search_ofNoiseAlone_recommendsTheBaseWithEachSeed(Objective objective) throws Exception {
    List<Long> wrong = new ArrayList<>();
    for (long seed = 0; seed < 15; seed++) {
      random = new SplittableRandom(seed);
      nowNs = 0;
      TuneResult result = tune(objective, 20 + 20 * seed, _ -> 1, _ -> 1e6);
      if (!result.recommended().equals(BASE.text())) {
        wrong.add(seed);
      }
    }
    assertThat(wrong).hasSizeLessThan(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void search_tenPercentBetter_isRecommendedWithEachSeed(long seed) throws Exception {
    random = new SplittableRandom(seed);
    TuneResult result =
        tune(
            Objective.SPEED, 300, each -> changes(each, "HAKMEM_COMMIT_BYTES") ? 1.1 : 1, _ -> 1e6);
    assertThat(result.recommended()).contains("HAKMEM_COMMIT_BYTES=");
    assertThat(result.conclusion())
        .startsWith(result.recommended() + " is faster than THROUGHPUT beyond the noise: speed ")
        .contains("beyond the noise: speed 1.")
        .endsWith(".");
  }

  @Test
  void search_bothAskedForAndOneHad_saysWhich() throws Exception {
    TuneResult result =
        tune(
            Objective.BOTH, 1000, _ -> 1, each -> changes(each, "HAKMEM_COMMIT_BYTES") ? 5e5 : 1e6);
    assertThat(result.gains()).containsExactly(Gain.LEANER);
    assertThat(result.conclusion())
        .contains(" is leaner than THROUGHPUT beyond the noise, and not faster beyond it: speed ");
    String before = Json.text(result).replaceFirst("\"gains\":\\[[^]]*],", "");
    assertThat(before).isNotEqualTo(Json.text(result));
    assertThat(Json.read(before, TuneResult.class).conclusion()).contains(" is better than ");
  }

  @Test
  void result_always_isReadFromItsJsonAndShownAsAPage() throws Exception {
    TuneResult result = tune(Objective.BOTH, 300, _ -> 1, _ -> 1e6);
    TuneResult read = Json.read(Json.text(result), TuneResult.class);
    assertThat(read).isEqualTo(result);
    assertThat(Json.fields(result)).containsEntry("conclusion", result.conclusion());
    String page = TunePage.of(read, new Provenance("tune", "tune --trace t", null));
    Browser.check(page);
    try (Browser browser = Browser.open(page)) {
      assertThat(browser.column("configuration"))
          .containsExactlyElementsOf(
              result.heldBack().stream().map(TuneResult.Line::configuration).toList());
    }
    assertThat(page).contains("beyond the noise: keep it.", "HAKMEM_POOL_ZERO_MODE");
  }

  @Test
  void search_whereCandidatesFail_goesOnWithTheOthers() throws Exception {
    TuneResult result =
        new Tuner(Objective.SPEED, BASE, 1, () -> nowNs, _ -> {})
            .run(
                CANDIDATES,
                1000 * SECOND,
                (configuration, _, _) -> {
                  if (changes(configuration, "HAKMEM_REGION_BYTES")) {
                    throw new CommandFailure("a fork ended with 134");
                  }
                  return report(1, 1e6);
                });
    assertThat(result.looked()).isBetween(5, result.candidates() - 1);
    assertThatThrownBy(
            () ->
                new Tuner(Objective.SPEED, BASE, 1, () -> nowNs, _ -> {})
                    .run(
                        CANDIDATES,
                        SECOND,
                        (_, _, _) -> {
                          throw new CommandFailure("a fork ended with 134");
                        }))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the base does not run: a fork ended with 134");
  }
}
