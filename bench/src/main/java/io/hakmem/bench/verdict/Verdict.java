package io.hakmem.bench.verdict;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a comparison comes to. */
public enum Verdict {
  /** B is faster. */
  GO("GO", "B is faster than A"),
  /** No difference that the control does not show too. */
  NEUTRAL("NEUTRAL", "no difference beyond the noise"),
  /** B is slower. */
  NO_GO("NO-GO", "B is slower than A"),
  /** The rounds that count are too few to tell a difference from noise. */
  TOO_FEW("TOO FEW", "too few rounds for a verdict"),
  /** The measurements do not show that the configurations ran. */
  VOID("VOID", "the forks do not show that A and B ran");

  private final String label;
  private final String meaning;

  Verdict(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** For people. */
  public String meaning() {
    return meaning;
  }

  @Override
  @JsonValue
  public String toString() {
    return label;
  }
}
