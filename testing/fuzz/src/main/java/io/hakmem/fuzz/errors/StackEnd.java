package io.hakmem.fuzz.errors;

import java.util.SplittableRandom;

/**
 * Goes down to the end of the stack, and makes the call on each level of the way back until it is
 * over. Frames of another size before that shift the distances.
 */
final class StackEnd implements Scarcity {

  /** Of the threads that go down. */
  static final long STACK_BYTES = 192 << 10;

  private static final int MOST_PADDING = 40;

  private final SplittableRandom random;
  private DrawnCall call;
  private long attempts;
  private long cut;

  StackEnd(SplittableRandom random, DrawnCall first) {
    this.random = random;
    this.call = first;
  }

  @Override
  public void exhaust(DrawnCall next) {
    call = next;
    pad(random.nextInt(MOST_PADDING));
  }

  private void pad(int frames) {
    if (frames == 0) {
      descend();
    } else {
      padMore(frames - 1, 1, 2, 3);
    }
  }

  private long padMore(int frames, long a, long b, long c) {
    pad(frames);
    return a + b + c;
  }

  @SuppressWarnings("InfiniteRecursion") // It ends where the stack does.
  private void descend() {
    try {
      descend();
    } catch (StackOverflowError end) {
      // Here it is.
    }
    if (!call.over) {
      attempts++;
      try {
        call.make();
        call.over = true;
      } catch (VirtualMachineError thrown) { // In a stack walk an overflow is an InternalError.
        call.cutBy = thrown;
        cut++;
      } catch (Throwable thrown) {
        call.thrown = thrown;
        call.over = true;
      }
    }
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
