package io.hakmem.spi;

/**
 * The per-thread stack of free blocks of one size class: their addresses, the last one freed on
 * top. Only the owning heap's thread calls it.
 *
 * <p>Invariant: 0 &lt;= {@code top} &lt;= {@code ring.length}; the entries below {@code top} are
 * distinct, and of this class.
 */
public final class Bin {

  /** Serves nothing and takes nothing: every operation on it is a slow path. */
  static final Bin NONE = new Bin();

  final long[] ring;
  int top;

  private final long blockBytes;
  private final int sizeClass;
  private final PoolBox box;

  /** An empty bin for blocks of a class; the capacity is in blocks. */
  public Bin(PoolBox box, int sizeClass, long blockBytes, int capacity) {
    this.box = box;
    this.sizeClass = sizeClass;
    this.blockBytes = blockBytes;
    this.ring = new long[capacity];
  }

  @SuppressWarnings("NullAway") // Nobody asks the bin that serves nothing for its box.
  private Bin() {
    this(null, -1, 0, 0);
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

  /** Adds a block on top; the bin must not be full. */
  public void push(long address) {
    int at = top;
    ring[at] = address;
    top = at + 1;
  }

  /** Removes the block on top; the bin must not be empty. */
  public long pop() {
    int at = top - 1;
    top = at;
    return ring[at];
  }

  /** Moves the oldest blocks to the array, oldest first. */
  public void moveOldest(long[] to, int at, int count) {
    System.arraycopy(ring, 0, to, at, count);
    System.arraycopy(ring, count, ring, 0, top - count);
    top -= count;
  }

  /** Turns the order of the blocks around. */
  public void reverse() {
    for (int low = 0, high = top - 1; low < high; low++, high--) {
      long address = ring[low];
      ring[low] = ring[high];
      ring[high] = address;
    }
  }
}
