package io.hakmem.arrow;

import io.hakmem.AllocatorClosedException;
import io.hakmem.BlockDamagedException;
import io.hakmem.HakAllocator;
import io.hakmem.NativeAllocator;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.Stats;
import io.hakmem.adapter.DeferredClose;
import io.hakmem.adapter.HostLibrary;
import java.lang.foreign.Arena;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Memory for the buffers of Arrow, each at a multiple of 64 as Arrow's format recommends. Any
 * thread may call any method.
 *
 * <pre>{@code
 * try (HakArrowMemory memory = new HakArrowMemory(HakAllocator.builder());
 *     BufferAllocator root = memory.newRoot(1L << 30)) {
 *   ...
 * }
 * }</pre>
 *
 * <p>It makes an allocator of its own and takes none: whoever closed it would unmap memory that
 * buffers reach by addresses. So memory stays mapped as long as a buffer lives. Roots over one such
 * memory share its limit; a memory for each root gives each its own, and a {@link
 * io.hakmem.MemoryBudget} bounds several together. Where an allocation is refused, by the limit or
 * the system, Arrow's call throws Arrow's {@link OutOfMemoryException}; its cause is the {@link
 * OutOfNativeMemoryException}.
 */
public final class HakArrowMemory implements AllocationManager.Factory, AutoCloseable {

  /** Of each buffer's address, in bytes. */
  public static final long ALIGNMENT_BYTES = 64;

  /** What every empty buffer points to. */
  private static final long EMPTY = Arena.global().allocate(1, ALIGNMENT_BYTES).address();

  private static final HostLibrary ARROW =
      new HostLibrary(
          "hakmem-arrow",
          "arrow-memory-core",
          AllocationManager.class.getPackage().getImplementationVersion());

  private static final String LEAST_ARROW = "18";

  private final NativeAllocator memory;

  private final DeferredClose blocks;

  /**
   * Blocks that Arrow has let go of, and an error kept from being freed. Guarded by this, but for
   * who only looks whether there is one; so is the next.
   */
  private @Nullable Block unfreed;

  /** How many that never came to be are counted still. */
  private int uncounted;

  /**
   * Over an allocator that the builder makes.
   *
   * @throws io.hakmem.SettingsException if a gate or value is not accepted
   * @throws IllegalStateException if a needed module is absent, or if Arrow is too old
   */
  public HakArrowMemory(HakAllocator.Builder builder) {
    ARROW.requireAtLeast(LEAST_ARROW);
    this(builder.build());
  }

  /** Over an allocator that is this memory's alone from now on. */
  HakArrowMemory(NativeAllocator memory) {
    this.memory = memory;
    blocks = new DeferredClose(memory::close, "the memory of Arrow");
  }

  /**
   * A root allocator of Arrow over this memory, to be closed before it.
   *
   * @param mostBytes what Arrow lets all buffers of the root have together; 0 or more
   */
  public BufferAllocator newRoot(long mostBytes) {
    return new RootAllocator(
        RootAllocator.configBuilder()
            .allocationManagerFactory(this)
            .maxAllocation(mostBytes)
            .build());
  }

  /**
   * For Arrow, which counts the bytes.
   *
   * @throws OutOfMemoryException if the limit or the system refuses; nothing is lost then
   * @throws AllocatorClosedException after {@link #close}
   */
  @Override
  public AllocationManager create(BufferAllocator accounting, long size) {
    if (unfreed != null || uncounted > 0) {
      freeUnfreed();
    }
    blocks.begin(1);
    Block made = null;
    try {
      made = new Block(accounting, size);
    } catch (LinkageError missing) {
      throw ARROW.unfit(missing);
    } catch (OutOfNativeMemoryException refused) {
      throw new OutOfMemoryException(refused.getMessage(), refused);
    } finally {
      if (made == null) {
        synchronized (this) { // No call: there may be no room for one.
          uncounted++;
        }
        freeAtOnceOrLater();
      }
    }
    return made;
  }

  /** Whoever calls it throws already; what is left is for the next call. */
  @SuppressWarnings("EmptyCatch")
  private void freeAtOnceOrLater() {
    try {
      freeUnfreed();
    } catch (Throwable later) {
      // It is still known.
    }
  }

  /** Goes on where an error broke off what was to be given back. */
  private void freeUnfreed() {
    while (takesUncounted()) {
      try {
        blocks.end(1);
      } catch (Throwable thrown) {
        synchronized (this) {
          uncounted++;
        }
        throw thrown;
      }
    }
    for (Block block = nextUnfreed(); block != null; block = nextUnfreed()) {
      block.giveBackOrKeep();
    }
  }

  private synchronized boolean takesUncounted() {
    boolean isAny = uncounted > 0;
    uncounted -= isAny ? 1 : 0;
    return isAny;
  }

  private synchronized @Nullable Block nextUnfreed() {
    Block first = unfreed;
    if (first != null) {
      unfreed = first.nextUnfreed;
      first.nextUnfreed = null;
    }
    return first;
  }

  @Override
  public ArrowBuf empty() {
    return new ArrowBuf(ReferenceManager.NO_OP, null, 0, EMPTY);
  }

  /** One block, which goes back when Arrow has no buffer over it any more. */
  private final class Block extends AllocationManager {

    private final long bytes;
    private final long address;
    private boolean isFreed;
    private boolean isCountedOff;

    /** Guarded by the memory. */
    private @Nullable Block nextUnfreed;

    Block(BufferAllocator accounting, long bytes) {
      super(accounting);
      this.bytes = bytes;
      this.address = memory.allocate(Math.max(1, bytes), ALIGNMENT_BYTES);
    }

    /** What Arrow asked for: it counts this. */
    @Override
    public long getSize() {
      return bytes;
    }

    @Override
    protected long memoryAddress() {
      return address;
    }

    /** Arrow does not ask again: what is cut off here goes on with another call of the memory. */
    @Override
    protected void release0() {
      giveBackOrKeep();
    }

    private void giveBackOrKeep() {
      try {
        giveBack();
      } catch (Throwable thrown) {
        synchronized (HakArrowMemory.this) { // No call: there may be no room for one.
          nextUnfreed = unfreed;
          unfreed = this;
        }
        throw thrown;
      }
    }

    /** A block that full checks find damaged is gone all the same. */
    private void giveBack() {
      BlockDamagedException damage = null;
      if (!isFreed) {
        try {
          memory.free(address);
        } catch (BlockDamagedException found) {
          damage = found;
        }
        isFreed = true;
      }
      if (!isCountedOff) {
        blocks.end(1);
        isCountedOff = true;
      }
      if (damage != null) {
        throw damage;
      }
    }
  }

  /** All figures of the allocator behind it; it looks at every page. */
  public Stats stats() {
    return memory.stats();
  }

  /** Bytes of memory taken from the system; quick. */
  public long committedBytes() {
    return memory.committedBytes();
  }

  /** Whether an address lies in memory of this allocator; any long is a valid question. */
  public boolean owns(long address) {
    return memory.owns(address);
  }

  /** Gives all unused memory back to the system; returns the bytes. */
  public long trim() {
    freeUnfreed();
    return memory.trim();
  }

  /**
   * Refuses new buffers from now on. Those that live stay usable; with the release of the last one
   * all memory goes back, and at once if none lives. Idempotent.
   */
  @Override
  public void close() {
    blocks.close();
    freeUnfreed();
  }
}
