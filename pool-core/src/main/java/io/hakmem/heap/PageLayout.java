package io.hakmem.heap;

/**
 * How blocks lie in a run of pages, as a box asks for it.
 *
 * @param box who asks, for messages
 * @param base address of block 0
 * @param bytes length of the run
 * @param headerBytes bytes in front of each block
 * @param blockBytes size of each block without its header
 * @param capacity number of blocks
 */
record PageLayout(
    String box, long base, long bytes, int headerBytes, long blockBytes, int capacity) {

  private static final int ALIGNMENT = 1 << PageBlocks.GRANULE_SHIFT;

  /**
   * The base, if blocks can lie in this way.
   *
   * @param memoryBytes size of the memory from block 0 on
   * @throws IllegalArgumentException naming the box and what is wrong
   */
  long checkedBase(long memoryBytes) {
    require(bytes > 0 && bytes % PageKey.KEY_BYTES == 0, "bytes", bytes, "a multiple of 16384");
    require(isMultiple(headerBytes, 0), "headerBytes", headerBytes, "a multiple of 16");
    require(
        base > headerBytes && (base - headerBytes) % PageKey.KEY_BYTES == 0,
        "base",
        base,
        "the start of a page behind one header");
    require(isMultiple(blockBytes, ALIGNMENT), "blockBytes", blockBytes, "a multiple of 16");
    long most = Math.min(PageBlocks.MOST_BLOCKS, bytes / (blockBytes + headerBytes));
    if (capacity < 1 || capacity > most) {
      throw refusal(
          "capacity",
          capacity,
          "in [1, " + most + "] blocks of " + blockBytes + " B in " + bytes + " bytes");
    }
    if (memoryBytes < bytes - headerBytes) {
      throw refusal("memory", memoryBytes, "at least " + (bytes - headerBytes) + " bytes");
    }
    return base;
  }

  private static boolean isMultiple(long number, long least) {
    return number >= least && number % ALIGNMENT == 0;
  }

  private void require(boolean holds, String what, long is, String rule) {
    if (!holds) {
      throw refusal(what, is, rule);
    }
  }

  private IllegalArgumentException refusal(String what, long is, String rule) {
    return new IllegalArgumentException(
        box
            + " lays a page out at 0x"
            + Long.toHexString(base)
            + ": "
            + what
            + "="
            + is
            + " must be "
            + rule);
  }
}
