package io.hakmem.fuzz.errors;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.fuzz.counted.ObjectCount;
import java.util.SplittableRandom;

/**
 * Lets a call make no Java object, then one, and so on until it is over. What it calls must be
 * copies of a {@link io.hakmem.fuzz.counted.CountedLoader}: others make as many as they like.
 */
final class ObjectEnd implements Scarcity {

  /** Calls that make more objects than that, such as texts, get more at once. */
  private static final int MOST_SINGLE_STEPS = 300;

  private static final int LARGEST_STEP = 50;
  private static final int LATER_ONE_IN = 4;
  private static final int MOST_BEFORE = 60;

  private final SplittableRandom random;
  private long attempts;
  private long cut;

  ObjectEnd(SplittableRandom random) {
    this.random = random;
  }

  @Override
  public void exhaust(DrawnCall call) {
    boolean staysFull = random.nextBoolean();
    long objects = random.nextInt(LATER_ONE_IN) == 0 ? random.nextInt(MOST_BEFORE) : 0;
    while (!call.over) {
      attempt(call, objects, staysFull);
      objects += objects < MOST_SINGLE_STEPS ? 1 : 1 + random.nextInt(LARGEST_STEP);
    }
  }

  private void attempt(DrawnCall call, long objects, boolean staysFull) {
    attempts++;
    long before = ObjectCount.thrown();
    ObjectCount.arm(objects, staysFull);
    try {
      call.make();
      ObjectCount.disarm();
      call.over = true;
    } catch (Throwable thrown) {
      ObjectCount.disarm();
      if (ObjectCount.thrown() > before && isFailure(thrown)) {
        call.cutBy = thrown;
        cut++;
      } else {
        call.thrown = thrown;
        call.over = true;
      }
    }
  }

  /** A page source that can make no object has no memory. */
  private static boolean isFailure(Throwable thrown) {
    return thrown instanceof OutOfMemoryError || thrown instanceof OutOfNativeMemoryException;
  }

  @Override
  public long attempts() {
    return attempts;
  }

  @Override
  public long cut() {
    return cut;
  }
}
