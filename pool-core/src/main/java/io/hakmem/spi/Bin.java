package io.hakmem.spi;

/**
 * The per-thread stack of free blocks of one size class. An entry holds the block's address and its
 * index in the page, so that a hit needs no division.
 *
 * <pre>
 *   entry:  | address, 47 bits | index, 12 bits |
 * </pre>
 *
 * <p>Only the owning heap's thread calls it.
 */
public final class Bin {

  /** Bits of an entry that hold the block index. */
  public static final int INDEX_BITS = 12;

  private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
  private static final int KEY_SHIFT = INDEX_BITS + PageKey.PAGE_SHIFT;

  private final long blockBytes;
  private final int sizeClass;
  private final PoolBox box;
  private final long[] ring;
  private int top;

  /** An empty bin for blocks of a class; the capacity is in blocks. */
  public Bin(PoolBox box, int sizeClass, long blockBytes, int capacity) {
    this.box = box;
    this.sizeClass = sizeClass;
    this.blockBytes = blockBytes;
    this.ring = new long[capacity];
  }

  /** The entry of a block. */
  public static long entry(long address, int index) {
    return address << INDEX_BITS | index;
  }

  /** The address in an entry. */
  public static long address(long entry) {
    return entry >>> INDEX_BITS;
  }

  /** The block index in an entry. */
  public static int index(long entry) {
    return (int) entry & INDEX_MASK;
  }

  /** The page key in an entry. */
  public static long pageKey(long entry) {
    return entry >>> KEY_SHIFT;
  }

  /** The box that refills and spills this bin. */
  public PoolBox box() {
    return box;
  }

  /** The class this bin serves. */
  public int sizeClass() {
    return sizeClass;
  }

  /** Size of each block in bytes. */
  public long blockBytes() {
    return blockBytes;
  }

  /** Blocks in the bin. */
  public int size() {
    return top;
  }

  /** Blocks the bin can hold. */
  public int capacity() {
    return ring.length;
  }

  /** Whether a push would fail. */
  public boolean isFull() {
    return top == ring.length;
  }

  /** Adds an entry on top; the bin must not be full. */
  public void push(long entry) {
    int at = top;
    ring[at] = entry;
    top = at + 1;
  }

  /** Removes the entry on top; the bin must not be empty. */
  public long pop() {
    int at = top - 1;
    top = at;
    return ring[at];
  }

  /** Moves the oldest entries to the array, oldest first. */
  public void moveOldest(long[] to, int at, int count) {
    System.arraycopy(ring, 0, to, at, count);
    System.arraycopy(ring, count, ring, 0, top - count);
    top -= count;
  }

  /** Turns the order of the entries above the given height around. */
  public void reverseAbove(int height) {
    for (int low = height, high = top - 1; low < high; low++, high--) {
      long entry = ring[low];
      ring[low] = ring[high];
      ring[high] = entry;
    }
  }
}
