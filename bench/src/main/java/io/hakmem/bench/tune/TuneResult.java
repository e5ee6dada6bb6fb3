package io.hakmem.bench.tune;

import io.hakmem.bench.compare.Estimate;
import io.hakmem.bench.compare.Verdict;
import java.util.List;
import java.util.Map;

/**
 * What a search came to.
 *
 * @param base what all is compared with
 * @param candidates how many configurations there were
 * @param looked how many of them ran
 * @param search what they came to on the part of the traces that was searched on, the best first
 * @param heldBack what those that were left came to on the part that was held back
 * @param noise the base beside itself there
 * @param recommended the configuration to use: the base where none is better beyond the noise
 * @param verdict of what was recommended, or of the best, on what was held back
 * @param settings gates and values for {@code HAKMEM_CONFIG}
 */
public record TuneResult(
    Objective objective,
    String base,
    int candidates,
    int looked,
    List<Line> search,
    List<Line> heldBack,
    Estimate noise,
    String recommended,
    Verdict verdict,
    Map<String, String> settings) {

  /**
   * A configuration beside the base.
   *
   * @param speed operations in a second, divided by those of the base
   * @param leanness resident bytes of the base, divided by those of this
   * @param isFront whether no other is both faster and leaner
   */
  public record Line(
      String configuration, int rounds, Estimate speed, Estimate leanness, boolean isFront) {}
}
