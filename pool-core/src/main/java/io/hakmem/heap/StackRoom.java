package io.hakmem.heap;

/**
 * Room on the stack for a step that must not end half done. Any thread.
 *
 * <p>An overflow can come out of every call. So it is provoked here, before the step has changed
 * anything, if the calls of the step would not have fitted.
 */
public final class StackRoom {

  private static final int FRAMES = 24;

  private StackRoom() {}

  /**
   * Returns if there is room for about as many calls as a step without callbacks makes.
   *
   * @throws StackOverflowError if there is not; nothing is changed
   */
  public static void require() {
    if (take(FRAMES, 1, 2, 3, 4) == 0) {
      throw new StackOverflowError(); // Not reached: the sum is above 0, which no compiler knows.
    }
  }

  /** The arguments are used after the call, so that each frame has to keep them. */
  private static long take(int frames, long a, long b, long c, long d) {
    return frames == 0 ? a + b + c + d : take(frames - 1, b, c, d, a) + (a ^ b) + (c | d);
  }
}
