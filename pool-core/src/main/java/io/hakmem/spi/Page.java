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
 *   states: for each page of the run, one byte every 16 bytes of address; that of a block's first
 *           byte is FREE, LIVE, CACHED or REMOTE, every other is FREE
 * </pre>
 *
 * <p>So one comparison of a state with {@link #LIVE} refuses interior addresses too. Blocks carry
 * no header, and nothing a caller writes can change a state.
 *
 * <p>Invariant: {@code freeBlocks} = number of blocks whose state is {@link #FREE}.
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

  /** Base-2 logarithm of what every block address is a multiple of. */
  static final int GRANULE_SHIFT = 4;

  static final int GRANULE_MASK = (1 << GRANULE_SHIFT) - 1;

  /** States of one page. */
  static final int GRANULES = PageKey.PAGE_BYTES >>> GRANULE_SHIFT;

  /** The states where no block begins. */
  static final byte[] NO_STATES = new byte[GRANULES];

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
  public static final Page NONE = new Page();

  private final PoolBox box;
  private final long base;
  private final long bytes;
  private final long blockBytes;
  private final int capacity;
  private final byte[][] states;
  private final MemorySegment memory;
  private volatile boolean registered;
  private @Nullable LocalHeap owner;
  private @Nullable Bin bin;
  private int freeBlocks;
  private int cursor;
  private boolean queued;
  private @Nullable Page nextQueued;
  private @Nullable Page next;
  private @Nullable Page previous;
  private boolean listed;

  /**
   * A page whose blocks are all free.
   *
   * @param box whose page it is
   * @param base address of block 0
   * @param bytes length, a multiple of {@link PageKey#PAGE_BYTES}
   * @param blockBytes size of each block, a multiple of 16
   * @param capacity number of blocks
   * @param memory the bytes of the page
   */
  public Page(
      PoolBox box, long base, long bytes, long blockBytes, int capacity, MemorySegment memory) {
    this.box = box;
    this.base = base;
    this.bytes = bytes;
    this.blockBytes = blockBytes;
    this.capacity = capacity;
    this.memory = memory;
    this.states = newStates(bytes, capacity);
    this.freeBlocks = capacity;
  }

  @SuppressWarnings("NullAway") // Nobody asks the page of nobody for its box.
  private Page() {
    this(null, 0, 0, 1, 0, MemorySegment.NULL);
  }

  /** A single block begins in the first page, so the others need no states of their own. */
  private static byte[][] newStates(long bytes, int capacity) {
    return new byte[capacity == 1 ? 1 : (int) (bytes >>> PageKey.PAGE_SHIFT)][GRANULES];
  }

  /** The box whose page it is. */
  public PoolBox box() {
    return box;
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

  /**
   * Reads the owner from a thread that is not it; pairs with {@link #changeOwner}. Volatile, since
   * a remote free reads it after it has released its claim on the page's queue.
   */
  public @Nullable LocalHeap ownerVolatile() {
    return (LocalHeap) OWNER.getVolatile(this);
  }

  /** Replaces the owner if it is the expected one; pairs with {@link #ownerVolatile}. */
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

  /** Whether the address lies in this page. */
  public boolean contains(long address) {
    return Long.compareUnsigned(address - base, bytes) < 0;
  }

  /** Which state of its page belongs to the address. */
  static int granule(long address) {
    return (int) (address >>> GRANULE_SHIFT) & (GRANULES - 1);
  }

  /** Whether a block begins at the address, which lies in this page. */
  public boolean isStart(long address) {
    long offset = address - base;
    return offset % blockBytes == 0 && offset < capacity * blockBytes;
  }

  /** The state of the block at the address, as the owner sees it. */
  public byte state(long address) {
    return statesOf(address)[granule(address)];
  }

  /** Sets the state of the block at the address; the owner's thread only. */
  public void state(long address, byte state) {
    statesOf(address)[granule(address)] = state;
  }

  /** The state of a block as any thread may read it; pairs with {@link #freeRemote}. */
  public byte stateAcquire(long address) {
    return (byte) STATE.getAcquire(statesOf(address), granule(address));
  }

  /** Marks a live block as freed by another thread; false if it was not live. */
  public boolean freeRemote(long address) {
    return STATE.compareAndSet(statesOf(address), granule(address), LIVE, REMOTE);
  }

  /** The states of one of the run's pages. */
  byte[] states(long pageKey) {
    int index = (int) (pageKey - PageKey.of(base));
    return index < states.length ? states[index] : NO_STATES;
  }

  private byte[] statesOf(long address) {
    return states[(int) ((address - base) >>> PageKey.PAGE_SHIFT)];
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
  public void nextQueued(@Nullable Page page) {
    nextQueued = page;
  }

  /** Whether the directory knows the page: a remembered page that it forgot is no answer. */
  public boolean isRegistered() {
    return registered;
  }

  /** Records whether the directory knows the page; only the directory calls this. */
  public void registered(boolean now) {
    registered = now;
  }

  /** Blocks in state {@link #FREE}. */
  public int freeBlocks() {
    return freeBlocks;
  }

  /** Whether no block is out, neither with a caller nor in a bin. */
  public boolean isEmpty() {
    return freeBlocks == capacity;
  }

  /** Whether the page is in a {@link PageList}. */
  public boolean isListed() {
    return listed;
  }

  void listed(boolean now) {
    listed = now;
  }

  @Nullable Page next() {
    return next;
  }

  void next(@Nullable Page page) {
    next = page;
  }

  @Nullable Page previous() {
    return previous;
  }

  void previous(@Nullable Page page) {
    previous = page;
  }

  /**
   * Takes free blocks in address order, from where the last call stopped, into the bin.
   *
   * @return how many blocks were taken
   */
  public int take(Bin into, int most, byte as) {
    int wanted = Math.min(most, freeBlocks);
    int at = cursor;
    for (int taken = 0; taken < wanted; at++) {
      if (at == capacity) {
        at = 0;
      }
      long address = address(at);
      if (state(address) == FREE) {
        state(address, as);
        into.push(address);
        taken++;
      }
    }
    cursor = at;
    freeBlocks -= wanted;
    return wanted;
  }

  /** Puts a block back into the page; the owner's thread only. */
  public void put(long address) {
    state(address, FREE);
    freeBlocks++;
  }

  /** Puts all blocks that other threads freed back into the page; returns how many. */
  public int drain() {
    beginDrain();
    int drained = 0;
    for (int index = 0; index < capacity; index++) {
      if (stateAcquire(address(index)) == REMOTE) {
        put(address(index));
        drained++;
      }
    }
    return drained;
  }

  /** Blocks whose state is {@link #FREE}, counted one by one. */
  public int countFree() {
    int free = 0;
    for (int index = 0; index < capacity; index++) {
      free += state(address(index)) == FREE ? 1 : 0;
    }
    return free;
  }

  private long address(int index) {
    return base + index * blockBytes;
  }
}
