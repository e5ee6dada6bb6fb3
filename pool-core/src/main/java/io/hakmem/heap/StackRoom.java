package io.hakmem.heap;

/**
 * Room on the calling thread's stack. A slow path asks for it before its first change, so that the
 * end of the stack is met while nothing has changed, and never between two changes that belong
 * together: a {@link StackOverflowError} can come out of any call. Once before a loop is enough:
 * all of its rounds run at the same depth.
 *
 * <p>The JVM has no way to ask how much is left, so the stack is walked down. A frame of the walk
 * takes at least 70 bytes when it is compiled, half of what the frames that it makes room for take
 * when they are interpreted.
 */
public final class StackRoom {

  /** More than 2.5 KiB of compiled frames: some 15 interpreted calls inside each other. */
  private static final int LEVELS = 40;

  /**
   * More than 9 KiB of compiled frames: a system call through the linker, and what is before it.
   */
  private static final int LEVELS_OF_A_SYSTEM_CALL = 3 * LEVELS;

  /** More than 30 KiB of compiled frames: classes are initialised inside each other. */
  private static final int LEVELS_OF_A_REHEARSAL = 10 * LEVELS;

  /** More than 90 KiB of compiled frames: whole parts of the JDK are initialised. */
  private static final int LEVELS_OF_A_FIRST_USE = 30 * LEVELS;

  private StackRoom() {}

  /**
   * Returns if there is room for steps that call little: field writes, links, bits. About 40 ns.
   *
   * @throws StackOverflowError if there is not; nothing changed then
   */
  public static void require() {
    descend(LEVELS, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  /**
   * Returns if there is room for a system call beside such steps. About 150 ns.
   *
   * @throws StackOverflowError if there is not; nothing changed then
   */
  public static void requireForSystemCall() {
    descend(LEVELS_OF_A_SYSTEM_CALL, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  /**
   * Returns if there is room for whatever is done once in the life of a JVM.
   *
   * @throws StackOverflowError if there is not; nothing changed then
   */
  public static void requireForRehearsal() {
    descend(LEVELS_OF_A_REHEARSAL, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  /**
   * Returns if there is room for the first use of a part of the JDK, such as threads or management.
   *
   * @throws StackOverflowError if there is not; nothing changed then
   */
  public static void requireForFirstUse() {
    descend(LEVELS_OF_A_FIRST_USE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  /** Many arguments make a large frame: those that no register holds lie in it. */
  private static long descend(
      int levels,
      long a,
      long b,
      long c,
      long d,
      long e,
      long f,
      long g,
      long h,
      long i,
      long j,
      long k,
      long l) {
    return levels == 0 ? a : descend(levels - 1, b, c, d, e, f, g, h, i, j, k, l, a) + levels;
  }
}
