package io.hakmem.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaimTest {

  @ParameterizedTest
  @CsvSource({"10, FASTER", "-9.7, SLOWER", "0.3, SAME", "-0.2, SAME", "1, FASTER"})
  void of_changeOfFigures_isItsClaim(double percent, Claim claim) {
    assertThat(Claim.of(percent)).isEqualTo(claim);
  }

  @ParameterizedTest
  @CsvSource({
    "FASTER, GO, holds",
    "FASTER, NEUTRAL, does not show",
    "FASTER, NO_GO, is reversed",
    "SLOWER, GO, is reversed",
    "SLOWER, NEUTRAL, does not show",
    "SLOWER, NO_GO, holds",
    "SAME, GO, does not hold",
    "SAME, NEUTRAL, holds",
    "SAME, NO_GO, does not hold",
    "FREE, GO, holds",
    "FREE, NEUTRAL, holds",
    "FREE, NO_GO, does not hold",
  })
  void conclusion_verdict_saysWhetherTheClaimHolds(Claim claim, Verdict verdict, String says) {
    assertThat(claim.conclusion(verdict, 1.034))
        .startsWith("The original's conclusion")
        .contains(says + " here")
        .endsWith("(+3.4 %).");
  }

  @Test
  void conclusion_void_isNone() {
    assertThat(Claim.FASTER.conclusion(Verdict.VOID, 2)).startsWith("Nothing follows: ");
  }

  @Test
  void conclusion_withoutFigure_saysWhatIsHere() {
    assertThat(Claim.NONE.conclusion(Verdict.NO_GO, 0.9))
        .isEqualTo("The original has no figure; here: slower (-10.0 %).");
  }
}
