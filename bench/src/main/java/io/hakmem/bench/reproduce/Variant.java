package io.hakmem.bench.reproduce;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Side;

/**
 * A configuration that is compared with the baseline.
 *
 * @param label what people call it
 * @param text its profile and gates, or a peer
 * @param original what the original says of it
 */
public record Variant(String label, String text, Original original) {

  private static final String PEER = "peer:";

  /** Another allocator, by its name as a subject. */
  static Variant peer(String subject, Original original) {
    return new Variant(subject, PEER + subject, original);
  }

  Configuration configuration() {
    return text.startsWith(PEER)
        ? Configuration.ofPeer(text.substring(PEER.length()))
        : Configuration.parse(Side.B, text);
  }

  /**
   * What the original says of a variant.
   *
   * @param figures its figures, in M ops/s where nothing else is said
   * @param claim what follows from them
   */
  public record Original(String figures, Claim claim) {

    /** Nothing. */
    static final Original NONE = new Original("-", Claim.NONE);

    /** Figures whose claim is their change. */
    static Original changed(String figures, double percent) {
      return new Original(figures, Claim.of(percent));
    }
  }
}
