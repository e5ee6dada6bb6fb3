package io.hakmem.spi;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a run of pages that hold blocks of one size.
 *
 * <pre>
 *   base                                                  base + bytes
 *   | block 0 | block 1 | ... | block capacity-1 | unused tail |
 *   states: one byte a block: FREE, LIVE, CACHED or REMOTE
 * </pre>
 *
 * <p>Invariant: {@code freeBlocks} = number of states that are {@link #FREE} below {@code
 * capacity}.
 *
 * <p>Only the owner's thread writes plain fields. A thread that is not the owner changes a state by
 * {@link #freeRemote} alone, a compare-and-set from {@link #LIVE} to {@link #REMOTE}.
 */
public final class Page {

  /** In the page, ready to be handed out. */
  public static final byte FREE = 0;

  /** With the caller. */
  public static final byte LIVE = 1;

  /** In a bin of the owner. */
  public static final byte CACHED = 2;

  /** Freed by another thread, not yet drained by the owner. */
  public static final byte REMOTE = 3;

  private static final int FRACTION_BITS = 40;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;

  private static final VarHandle STATE = MethodHandles.arrayElementVarHandle(byte[].class);
  private static final VarHandle QUEUED;
  private static final VarHandle OWNER;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      QUEUED = lookup.findVarHandle(Page.class, "queued", boolean.class);
      OWNER = lookup.findVarHandle(Page.class, "owner", LocalHeap.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The page of an address that belongs to nobody. */
  public static final Page NONE = new Page(0, 0, 1, 0, MemorySegment.NULL);

  private final long base;
  private final long bytes;
  private final long blockBytes;
  private final long reciprocal;
  private final int capacity;
  private final byte[] states;
  private final MemorySegment memory;
  private @Nullable LocalHeap owner;
  private @Nullable Bin bin;
  private int freeBlocks;
  private int cursor;
  private boolean listed;
  private boolean queued;
  private @Nullable Page nextQueued;

  /**
   * A page whose blocks are all free.
   *
   * @param base address of block 0
   * @param bytes length, a multiple of {@link PageKey#PAGE_BYTES}
   * @param blockBytes size of each block
   * @param capacity number of blocks
   * @param memory the bytes of the page
   */
  public Page(long base, long bytes, long blockBytes, int capacity, MemorySegment memory) {
    this.base = base;
    this.bytes = bytes;
    this.blockBytes = blockBytes;
    this.capacity = capacity;
    this.memory = memory;
    this.reciprocal = FRACTION_MASK / blockBytes + 1;
    this.states = new byte[(int) (bytes / blockBytes) + 1];
    this.freeBlocks = capacity;
  }

  /** Address of block 0. */
  public long base() {
    return base;
  }

  /** Length in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Size of each block in bytes. */
  public long blockBytes() {
    return blockBytes;
  }

  /** Number of blocks. */
  public int capacity() {
    return capacity;
  }

  /** The bytes of the page. */
  public MemorySegment memory() {
    return memory;
  }

  /** The heap whose thread may touch the plain fields; null for blocks that no bin holds. */
  public @Nullable LocalHeap owner() {
    return owner;
  }

  /** Reads the owner from a thread that is not it; pairs with {@link #changeOwner}. */
  public @Nullable LocalHeap ownerAcquire() {
    return (LocalHeap) OWNER.getAcquire(this);
  }

  /** Replaces the owner if it is the expected one; pairs with {@link #ownerAcquire}. */
  public boolean changeOwner(@Nullable LocalHeap expected, @Nullable LocalHeap next) {
    return OWNER.compareAndSet(this, expected, next);
  }

  /** The owner's bin for blocks of this size. */
  public @Nullable Bin bin() {
    return bin;
  }

  /** Sets the owner's bin; the owner's thread only. */
  public void bin(@Nullable Bin next) {
    bin = next;
  }

  /**
   * Fixed-point quotient of the address's offset by the block size (Granlund and Montgomery 1994;
   * the divisibility test on the fraction is Lemire, Kaser and Kurz 2019).
   */
  public long quotient(long address) {
    return (address - base) * reciprocal;
  }

  /** The block index of a quotient. */
  public static int index(long quotient) {
    return (int) (quotient >>> FRACTION_BITS);
  }

  /** Whether the quotient is that of a block's first byte. */
  public boolean isStart(long quotient) {
    return (quotient & FRACTION_MASK) < reciprocal;
  }

  /** The state of a block, as the owner sees it. */
  public byte state(int index) {
    return states[index];
  }

  /** Sets the state of a block; the owner's thread only. */
  public void state(int index, byte state) {
    states[index] = state;
  }

  /** The state of a block as any thread may read it; pairs with the compare-and-set. */
  public byte stateAcquire(int index) {
    return (byte) STATE.getAcquire(states, index);
  }

  /** Marks a live block as freed by another thread; false if it was not live. */
  public boolean freeRemote(int index) {
    return STATE.compareAndSet(states, index, LIVE, REMOTE);
  }

  /** Claims the right to queue the page on its owner's inbox; pairs with {@link #beginDrain}. */
  public boolean claimQueue() {
    return QUEUED.compareAndSet(this, false, true);
  }

  /** Lets the next remote free queue the page again; must precede the scan of the states. */
  public void beginDrain() {
    QUEUED.setVolatile(this, false);
  }

  /** The next page of an inbox. */
  public @Nullable Page nextQueued() {
    return nextQueued;
  }

  /** Links the page into an inbox. */
  public void nextQueued(@Nullable Page next) {
    nextQueued = next;
  }

  /** Blocks in state {@link #FREE}. */
  public int freeBlocks() {
    return freeBlocks;
  }

  /** Whether no block is out, neither with a caller nor in a bin. */
  public boolean isEmpty() {
    return freeBlocks == capacity;
  }

  /** Whether the owner's box holds the page in its list of pages with free blocks. */
  public boolean listed() {
    return listed;
  }

  /** Records whether the page is listed; the owner's thread only. */
  public void listed(boolean now) {
    listed = now;
  }

  /**
   * Takes free blocks in address order, from where the last call stopped, into the bin.
   *
   * @return how many blocks were taken
   */
  public int take(Bin into, int most, byte as) {
    int wanted = Math.min(most, freeBlocks);
    int at = cursor;
    for (int taken = 0; taken < wanted; ) {
      if (at == capacity) {
        at = 0;
      }
      if (states[at] == FREE) {
        states[at] = as;
        into.push(Bin.entry(base + at * blockBytes, at));
        taken++;
      }
      at++;
    }
    cursor = at;
    freeBlocks -= wanted;
    return wanted;
  }

  /** Puts a block back into the page; the owner's thread only. */
  public void put(int index) {
    states[index] = FREE;
    freeBlocks++;
  }

  /** Puts all blocks that other threads freed back into the page; returns how many. */
  public int drain() {
    beginDrain();
    int drained = 0;
    for (int index = 0; index < capacity; index++) {
      if (stateAcquire(index) == REMOTE) {
        put(index);
        drained++;
      }
    }
    return drained;
  }
}
