package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one page: which are free, and in which order they are handed out.
 *
 * <pre>
 *   base                                                   base + bytes
 *   | block 0 | block 1 | ... | block capacity-1 | unused tail |
 *   links: one short a block
 *     0 .. capacity-1   free; the block below it on the stack of free blocks
 *     END               free; the bottom of that stack
 *     LIVE              with a caller
 *     REMOTE            freed by another thread, not yet taken back
 *     HELD              freed, and kept back by the page's handler
 *   links[capacity] belongs to the tail and is never LIVE
 * </pre>
 *
 * <p>One number is both the link of a free block and the state of every block: a hit touches one
 * place beside the page, and nothing a caller writes into a block can change it.
 *
 * <p>Pops are not counted: what was popped follows from the length of the stack. So only pushes
 * change {@code used}, which for a bin's current page lacks the pops since {@link #settle}.
 *
 * <p>Plain fields belong to the owner's thread. Another thread changes links as {@link RemoteFrees}
 * says.
 */
abstract class PageBlocks {

  /** Base-2 logarithm of what every block address is a multiple of. */
  static final int GRANULE_SHIFT = 4;

  /** Most blocks of a page: links and states share a short. */
  static final int MOST_BLOCKS = 1 << 14;

  static final short END = -1;
  static final short LIVE = -2;
  static final short HELD = -4;
  static final short REMOTE = -3;

  private static final int NOTHING = -1;
  private static final int RECIPROCAL_SHIFT = 32;
  static final VarHandle LINK = MethodHandles.arrayElementVarHandle(short[].class);

  final long base;
  final long stride;
  final long reciprocal;
  final short[] links;
  int head;

  /** Blocks that are not free, but for pops since the page was settled. */
  long used;

  /** Blocks handed out, but for pops since the page was settled. */
  long popped;

  /** Blocks from here on were never on the stack. */
  int stacked;

  /** Blocks in state HELD, which count as used. */
  int held;

  private final int capacity;

  /** Null unless some blocks are known to be zero. */
  private @Nullable ZeroBlocks zeros;

  PageBlocks(long base, long blockBytes, int capacity) {
    if (capacity > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "capacity=" + capacity + " must be in [0, " + MOST_BLOCKS + "] blocks");
    }
    this.base = base;
    this.capacity = capacity;
    this.stride = blockBytes;
    this.reciprocal = (1L << RECIPROCAL_SHIFT) / blockBytes + 1;
    this.links = new short[capacity + 1];
    stackInOrder(capacity);
  }

  /** Makes the lowest address the top of the stack, and so on upwards; all must be free. */
  final void stackInOrder(int most) {
    Arrays.fill(links, END);
    stacked = 0;
    head = NOTHING;
    stackMore(most);
  }

  /** Puts blocks that were never used on top, at most so many; false if there are none. */
  final boolean stackMore(int most) {
    int end = (int) Math.min(capacity, (long) stacked + most);
    if (stacked == end) {
      return false;
    }
    for (int index = stacked; index < end - 1; index++) {
      links[index] = (short) (index + 1);
    }
    links[end - 1] = (short) head;
    head = stacked;
    stacked = end;
    return true;
  }

  /** Number of blocks. */
  public final int capacity() {
    return capacity;
  }

  /** Address of block 0. */
  public final long base() {
    return base;
  }

  /** Which block an offset is in; any number for one outside of the page. */
  static int indexOf(long offset, long reciprocal) {
    return (int) ((offset * reciprocal) >>> RECIPROCAL_SHIFT);
  }

  /** The block that begins at the address, which lies in this page; below 0 if none does. */
  final int indexAt(long address) {
    long offset = address - base;
    int index = indexOf(offset, reciprocal);
    return index >= 0 && index < capacity && index * stride == offset ? index : NOTHING;
  }

  /** Whether a block begins at the address, which lies in this page. */
  public final boolean isStart(long address) {
    return indexAt(address) >= 0;
  }

  /** Whether a live block begins at the address; any thread. */
  public final boolean isLive(long address) {
    int index = indexAt(address);
    return index >= 0 && (short) LINK.getAcquire(links, index) == LIVE;
  }

  /** Whether no block is free. */
  public final boolean isFull() {
    return head < 0;
  }

  /** Blocks that are not free, the free ones counted one by one; approximate for other threads. */
  final int countUsed() {
    int left = stacked;
    for (int index = head; index >= 0 && left > 0; index = links[index]) {
      left--;
    }
    return left;
  }

  /** Counts what was popped since the last call; the owner's thread only. */
  final void settle() {
    int now = countUsed();
    popped += now - used;
    used = now;
  }

  /** Whether no block was handed out since the page came; the owner's thread only. */
  final boolean isUnused() {
    return head >= 0 && used == 0 && popped == 0 && countUsed() == 0;
  }

  /** Blocks handed out since the last call; the owner's thread only, of a settled page. */
  public final long takePopped() {
    long taken = popped;
    popped = 0;
    return taken;
  }

  /** Blocks handed out since they were taken, but for pops since the page was settled. */
  public final long settledPopped() {
    return popped;
  }

  /** Blocks that are not free, but for pops since the page was settled. */
  public final long settledUsed() {
    return used;
  }

  /** Hands out the block on top of the stack; there must be one. */
  final long pop() {
    int index = head;
    short[] all = links;
    head = all[index];
    all[index] = LIVE;
    if (zeros != null) {
      zeros.popped(index);
    }
    return base + index * stride;
  }

  /** All blocks are free and zero; only for pages whose blocks no hit hands out. */
  final void knowZeros() {
    zeros = new ZeroBlocks();
  }

  /** Nothing is known any more. */
  final void forgetZeros() {
    zeros = null;
  }

  /** Whether the block that was handed out last begins there, and is known to be zero. */
  public final boolean isZero(long address) {
    ZeroBlocks known = zeros;
    return known != null && known.last() >= 0 && base + known.last() * stride == address;
  }

  /**
   * The block at the address, which is live, held or freed remotely; the owner's thread only.
   *
   * @throws IllegalArgumentException if the block is free, or the address is no block's
   */
  final int indexInUse(long address) {
    int index = indexAt(address);
    if (index < 0 || links[index] > LIVE) {
      throw new IllegalArgumentException(
          "0x"
              + Long.toHexString(address)
              + " is no block in use of page 0x"
              + Long.toHexString(base));
    }
    return index;
  }

  /** Takes a block back, without a look at its bin; the owner's thread only. */
  public final void push(long address) {
    int index = indexInUse(address);
    held -= links[index] == HELD ? 1 : 0;
    pushBlock(index);
  }

  /**
   * Keeps a live block, or one that another thread freed, from being handed out until it is taken
   * back: it is neither live nor free, and a second free of it is refused. The owner's thread only.
   *
   * @throws IllegalArgumentException if the block is free or held, or the address is no block's
   */
  public final void hold(long address) {
    int index = indexAt(address);
    if (index < 0 || (links[index] != LIVE && links[index] != REMOTE)) {
      throw new IllegalArgumentException(
          "0x"
              + Long.toHexString(address)
              + " is no live block of page 0x"
              + Long.toHexString(base));
    }
    links[index] = HELD;
    held++;
  }

  /** Whether the block that begins at the address is held; the owner's thread only. */
  public final boolean isHeld(long address) {
    int index = indexAt(address);
    return index >= 0 && links[index] == HELD;
  }

  /** Held blocks; approximate for other threads than the owner's. */
  public final int heldBlocks() {
    return held;
  }

  /** Takes every held block back; the owner's thread only. Returns how many. */
  final int pushHeld() {
    int pushed = held;
    for (int index = 0; held > 0; index++) {
      if (links[index] == HELD) {
        push(base + index * stride);
      }
    }
    return pushed;
  }

  final void pushBlock(int index) {
    links[index] = (short) head;
    head = index;
    used--;
  }

  /** Free blocks, those on the stack counted one by one; fails if the stack is no stack. */
  public final int countFree() {
    int free = capacity - stacked;
    for (int index = head; index >= 0; index = links[index]) {
      if (links[index] < END || ++free > capacity) {
        throw new IllegalStateException(
            "page 0x"
                + Long.toHexString(base)
                + ": the stack of free blocks is broken at block "
                + index);
      }
    }
    return free;
  }

  /**
   * Which blocks of a page are as the system gave them, so that nobody has to clear them and the
   * system does not have to find memory for them.
   *
   * <p>What was never handed out comes in the order of the addresses, so it begins behind the last
   * block that was. Whoever pops a block may ask for the last one at once; a page of several
   * threads then has another last block, and nothing is said of the first one.
   */
  static final class ZeroBlocks {

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
}
