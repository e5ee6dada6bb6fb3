package io.hakmem.heap;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a run of pages that hold blocks of one size: its blocks, and whose they are.
 *
 * <p>Invariant: a page that a heap pushes to by itself is its bin's current page, or in the bin's
 * list, or full. Pages that the page table leaves out have a list of their own.
 */
public final class Page extends RemoteFrees {

  private static final VarHandle OWNER;
  private static final VarHandle PINS;

  static {
    try {
      OWNER = MethodHandles.lookup().findVarHandle(Page.class, "owner", LocalHeap.class);
      PINS = MethodHandles.lookup().findVarHandle(Page.class, "pins", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The key of no page: one that has it as its own is left out of what is found by key. */
  static final int NO_KEY = 0;

  /** The page of an address that belongs to nobody. */
  public static final Page NONE = new Page();

  /**
   * The thread whose frees are hits: that of the heap. Another thread may read an old value, but
   * none that is itself.
   */
  @Nullable Thread thread;

  /** The thread whose frees the page's handler serves at once: that of the heap, or null. */
  @Nullable Thread asker;

  /** The heap whose bin the page is in; null for a page that no heap pops and pushes by itself. */
  @Nullable LocalHeap home;

  /** Null for a page that no heap pushes to by itself. */
  @Nullable Bin bin;

  /** The low bits of the page's key: no table has so many slots that it asks for more. */
  final int key;

  /** The key of the next page in the bin's list. */
  int next = NO_KEY;

  /** Whether the page is not found in the page table, by its key; set when a bin gets the page. */
  boolean leftOut;

  /** The next page of the bin's list of those that the page table leaves out. */
  Page nextLeftOut = NONE;

  private final PageHandler handler;
  private long bytes;
  private long bytesFromBase;
  private long blockBytes;
  private MemorySegment memory;

  private volatile boolean registered;
  private @Nullable LocalHeap owner;
  private @Nullable Page nextQueued;
  private volatile int pins;

  /** The neighbours in a {@link PageChain}. */
  @Nullable Page newer;

  @Nullable Page older;

  private int place;

  /** What a box attached to the page; the owner's thread only. */
  private @Nullable Object attachment;

  /**
   * A page whose blocks are all free.
   *
   * @param handler what the page is tagged with
   * @param base address of block 0, a multiple of {@link PageKey#KEY_BYTES}
   * @param bytes length, a multiple of {@link PageKey#KEY_BYTES}
   * @param blockBytes size of each block, a multiple of 16
   * @param capacity number of blocks in [1, 16384], which must fit into the page
   * @param memory the bytes of the page
   * @throws IllegalArgumentException naming the handler, if an argument is none of these
   */
  public Page(
      PageHandler handler,
      long base,
      long bytes,
      long blockBytes,
      int capacity,
      MemorySegment memory) {
    this(handler, base, bytes, 0, blockBytes, capacity, memory);
  }

  private Page(
      PageHandler handler,
      long base,
      long bytes,
      int headerBytes,
      long blockBytes,
      int capacity,
      MemorySegment memory) {
    super(
        new PageLayout(handler.name(), base, bytes, headerBytes, blockBytes, capacity)
            .checkedBase(memory.byteSize()),
        blockBytes + headerBytes,
        capacity);
    this.key = (int) PageKey.of(base);
    this.handler = handler;
    this.bytes = bytes;
    this.bytesFromBase = bytes - headerBytes;
    this.blockBytes = blockBytes;
    this.memory = memory;
  }

  @SuppressWarnings("NullAway") // Nobody asks the page of nobody for its handler.
  private Page() {
    super(0, 1, 0);
    this.key = NO_KEY;
    this.handler = null;
    this.bytes = 0;
    this.bytesFromBase = 0;
    this.blockBytes = 1;
    this.memory = MemorySegment.NULL;
  }

  /**
   * A page whose blocks are all free, each with a header in front of it.
   *
   * @param runBase address of the first header, a multiple of {@link PageKey#KEY_BYTES}
   * @param run the bytes of the run, a multiple of {@link PageKey#KEY_BYTES}
   * @param blockBytes size of each block without its header, a multiple of 16
   * @param headerBytes a multiple of 16
   * @throws IllegalArgumentException like {@link #Page}
   */
  public static Page withHeaders(
      PageHandler handler, long runBase, MemorySegment run, long blockBytes, int headerBytes) {
    long bytes = run.byteSize();
    return new Page(
        handler,
        runBase + headerBytes,
        bytes,
        headerBytes,
        blockBytes,
        (int) (bytes / (blockBytes + headerBytes)),
        run.asSlice(headerBytes));
  }

  /**
   * The memory of the page, of which nothing is handed out yet, is zero; kept in mind for blocks
   * that are too large for hits.
   */
  public void zeroed() {
    if (blockBytes > LocalHeap.MOST_ROUTED_BYTES) {
      knowZeros();
    }
  }

  /**
   * Gives a page of a single block without a header another length; the page directory only, for
   * whoever has the block.
   */
  public void resize(MemorySegment now, long length) {
    memory = now;
    bytes = length;
    bytesFromBase = length;
    blockBytes = length;
    forgetZeros();
  }

  /**
   * A run of pages that is one block, which is with a caller.
   *
   * @param isZero whether the memory is known to be zero
   */
  public static Page ofLiveBlock(
      PageHandler handler, long base, long bytes, MemorySegment memory, boolean isZero) {
    Page page = new Page(handler, base, bytes, bytes, 1, memory);
    if (isZero) {
      page.knowZeros();
    }
    page.pop();
    page.settle();
    return page;
  }

  /** What the page is tagged with. */
  public PageHandler handler() {
    return handler;
  }

  /**
   * What a box attached to the page, or null. It stays until the page is unregistered; the owner's
   * thread only.
   */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Replaces what is attached to the page; the owner's thread only, or before there is one. */
  public void attach(@Nullable Object to) {
    attachment = to;
  }

  /** Address of the run of pages: that of block 0, or a header's in front of it. */
  public long runBase() {
    return base & -PageKey.KEY_BYTES;
  }

  /** Length of the run in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Size of each block in bytes. */
  public long blockBytes() {
    return blockBytes;
  }

  /** The bytes from block 0 on. */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * Refuses a page that no heap can own.
   *
   * @throws IllegalArgumentException if it is longer than {@link PageTable#REACH_BYTES}
   */
  public void requireReach() {
    if (bytes > PageTable.REACH_BYTES) {
      throw new IllegalArgumentException(
          "page of " + bytes + " bytes must have at most " + PageTable.REACH_BYTES);
    }
  }

  /** Whether the address lies in this page, from block 0 on. */
  public boolean contains(long address) {
    return Long.compareUnsigned(address - base, bytesFromBase) < 0;
  }

  /** The heap whose thread may touch the plain fields; null for blocks that no bin holds. */
  public @Nullable LocalHeap owner() {
    return owner;
  }

  /** Reads the owner from a thread that is not it; pairs with {@link #changeOwner}. */
  public @Nullable LocalHeap ownerVolatile() {
    return (LocalHeap) OWNER.getVolatile(this);
  }

  /** Replaces the owner if it is the expected one; pairs with {@link #ownerVolatile}. */
  public boolean changeOwner(@Nullable LocalHeap expected, @Nullable LocalHeap next) {
    return OWNER.compareAndSet(this, expected, next);
  }

  /** Where the page is in the list of its heap's pages; who may touch the heap. */
  public int place() {
    return place;
  }

  /** Changes that. */
  public void place(int now) {
    place = now;
  }

  /** The bin whose heap pops and pushes the page's blocks; null if no heap does so by itself. */
  public @Nullable Bin bin() {
    return bin;
  }

  /** Blocks that are with callers, or were freed by another thread and not yet drained. */
  public int liveBlocks() {
    return usedBlocks() - heldBlocks();
  }

  /** Blocks that are not free: the live ones, and those that a box holds. */
  public int usedBlocks() {
    Bin of = bin;
    return of != null && of.current == this ? countUsed() : (int) used;
  }

  /** Whether all blocks are free. */
  public boolean isEmpty() {
    return usedBlocks() == 0;
  }

  /**
   * Hands over each range in which all blocks are free, at least that long and aligned to that. The
   * owner's thread only.
   *
   * @param granuleBytes a power of two
   */
  public void eachFreeRange(long granuleBytes, RangeConsumer to) {
    long end = runBase() + bytes;
    long from = base;
    for (int index = 0; index <= capacity(); index++) {
      boolean isEnd = index == capacity();
      if (isEnd || links[index] <= LIVE) {
        long first = (from + granuleBytes - 1) & -granuleBytes;
        long last = (isEnd ? end : base + index * stride) & -granuleBytes;
        if (last > first) {
          to.accept(first, last - first);
        }
        from = base + (index + 1) * stride;
      }
    }
  }

  /** Takes a range of addresses. */
  @FunctionalInterface
  public interface RangeConsumer {

    /** Takes a range that is not empty. */
    void accept(long address, long bytes);
  }

  /** Goes back to the bin: the page was full and has a free block again. */
  void relist() {
    Bin of = bin;
    if (of != null && of.current != this) {
      of.append(this);
    }
  }

  @Override
  void free(LocalHeap heap, long address) {
    handler.free(heap, this, address);
  }

  /** The next page of an inbox. */
  public @Nullable Page nextQueued() {
    return nextQueued;
  }

  /** Links the page into an inbox, or out of it. */
  void nextQueued(@Nullable Page page) {
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

  /**
   * Keeps the page's memory mapped beyond the allocator's close, once more; any thread. Pairs with
   * {@link #isPinned}: whoever pins and then finds the allocator open may use the memory, since a
   * close that begins later sees the pin.
   */
  public void pin() {
    PINS.getAndAdd(this, 1);
  }

  /** Takes back one {@link #pin}; any thread, after the last use of the memory. */
  public void unpin() {
    PINS.getAndAdd(this, -1);
  }

  /** Whether memory of the page is in use whatever becomes of the allocator. */
  public boolean isPinned() {
    return pins != 0;
  }
}
