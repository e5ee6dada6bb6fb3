package io.hakmem.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a box hands to the next one, by class and reason. Any thread may call any method;
 * figures are approximate while threads run.
 */
public final class FallbackCounts {

  /** Hands nothing on. */
  public static final FallbackCounts NONE = new FallbackCounts(new long[0]);

  private final long[] blockSizes;
  private final String[] reasons;
  private final LongAdder[] counts;

  /**
   * Counts nothing yet.
   *
   * @param blockSizes sizes of the box's classes in bytes
   * @param reasons why it may hand something on, such as {@code bin empty}
   */
  public FallbackCounts(long[] blockSizes, String... reasons) {
    this.blockSizes = blockSizes.clone();
    this.reasons = reasons.clone();
    this.counts = new LongAdder[blockSizes.length * reasons.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /**
   * One more was handed on.
   *
   * @param sizeClass which class, in [0, number of classes)
   * @param reason which reason, in the order they were given to the constructor
   */
  public void count(int sizeClass, int reason) {
    counts[sizeClass * reasons.length + reason].increment();
  }

  /** What was handed on so far, by class; without what never was. */
  public List<Count> counts() {
    List<Count> all = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      long count = counts[i].sum();
      if (count > 0) {
        all.add(new Count(blockSizes[i / reasons.length], reasons[i % reasons.length], count));
      }
    }
    return all;
  }

  /**
   * How often one class was handed on for one reason.
   *
   * @param blockBytes size of the class's blocks in bytes
   */
  public record Count(long blockBytes, String reason, long count) {}
}
