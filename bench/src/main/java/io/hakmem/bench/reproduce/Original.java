package io.hakmem.bench.reproduce;

/**
 * What the original says of a row.
 *
 * @param figures its figures, in M ops/s where nothing else is said
 * @param claim what follows from them
 */
public record Original(String figures, Claim claim) {

  /** A row of which the original says nothing. */
  static final Original NONE = new Original("-", Claim.NONE);

  /** Figures whose claim is their change. */
  static Original changed(String figures, double percent) {
    return new Original(figures, Claim.of(percent));
  }
}
