package io.hakmem.heap;

/**
 * Which blocks of a page are as the system gave them, so that nobody has to clear them and the
 * system does not have to find memory for them.
 *
 * <p>What was never handed out comes in the order of the addresses, so it begins behind the last
 * block that was. Whoever pops a block may ask for the last one at once; a page of several threads
 * then has another last block, and nothing is said of the first one.
 */
final class ZeroBlocks {

  private static final int NONE = -1;

  private int untouchedFrom;
  private int last = NONE;

  /** A block is handed out. */
  void popped(int index) {
    if (index < untouchedFrom) {
      last = NONE;
    } else {
      untouchedFrom = index + 1;
      last = index;
    }
  }

  /** The block that was popped last, or below 0 if it may have been used before. */
  int last() {
    return last;
  }
}
