package io.hakmem.arrow;

import io.hakmem.AllocatorClosedException;
import io.hakmem.HakAllocator;
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
 * <p>It has a {@link HakAllocator} of its own, which nobody else can close: memory stays mapped as
 * long as a buffer lives. Roots over one such memory share its limit; a memory for each root gives
 * each its own, and a {@link io.hakmem.MemoryBudget} bounds several together. Where an allocation
 * is refused, by the limit or the system, Arrow's call throws Arrow's {@link OutOfMemoryException};
 * its cause is the {@link OutOfNativeMemoryException}.
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

  private final HakAllocator memory;

  private final DeferredClose blocks;

  /**
   * Over an allocator that the builder makes.
   *
   * @throws io.hakmem.SettingsException if a gate or value is not accepted
   * @throws IllegalStateException if a needed module is absent, or if Arrow is too old
   */
  public HakArrowMemory(HakAllocator.Builder builder) {
    ARROW.requireAtLeast(LEAST_ARROW);
    memory = builder.build();
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
    blocks.begin(1);
    try {
      return new Block(accounting, size);
    } catch (LinkageError missing) {
      blocks.end(1);
      throw ARROW.unfit(missing);
    } catch (OutOfNativeMemoryException refused) {
      blocks.end(1);
      throw new OutOfMemoryException(refused.getMessage(), refused);
    } catch (Throwable thrown) {
      blocks.end(1);
      throw thrown;
    }
  }

  @Override
  public ArrowBuf empty() {
    return new ArrowBuf(ReferenceManager.NO_OP, null, 0, EMPTY);
  }

  /** One block, which goes back when Arrow has no buffer over it any more. */
  private final class Block extends AllocationManager {

    private final long bytes;
    private final long address;

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

    @Override
    protected void release0() {
      memory.free(address);
      blocks.end(1);
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
    return memory.trim();
  }

  /**
   * Refuses new buffers from now on. Those that live stay usable; with the release of the last one
   * all memory goes back, and at once if none lives. Idempotent.
   */
  @Override
  public void close() {
    blocks.close();
  }
}
