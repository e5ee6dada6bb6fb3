package io.hakmem.compose;

import io.hakmem.AllocatorClosedException;
import io.hakmem.InvalidFreeException;
import io.hakmem.Stats;
import io.hakmem.spi.Bin;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The composed allocator behind the API: heaps by thread, slow paths, ownership questions. */
public final class Engine implements LocalHeap.SlowPath, AutoCloseable {

  private final Composition composition;
  private final LargeBlocks large;
  private final LocalHeap nobody;
  private final HeapTable heaps;
  private final Stripes stripes;
  private final long zeroedBytes;
  private final LongAdder refusedFrees = new LongAdder();
  private final LongAdder remoteFrees = new LongAdder();
  private volatile boolean closed;

  /** An allocator of this composition. */
  public Engine(Composition composition) {
    this.composition = composition;
    this.large = new LargeBlocks(composition.directory(), composition.supply());
    this.nobody = new LocalHeap(null, this, composition.directory().table(), true);
    this.heaps = new HeapTable(nobody, this::newHeap);
    this.stripes = new Stripes(Runtime.getRuntime().availableProcessors(), () -> newHeap(null));
    this.zeroedBytes = composition.zeroedBytes();
  }

  /** The heap of the calling thread, or that of nobody, which serves every thread slowly. */
  public LocalHeap heap() {
    return heaps.current();
  }

  /** The heap of the calling thread, made if need be; virtual threads have none of their own. */
  public LocalHeap ownHeap() {
    refuseClosed("heap");
    Thread thread = Thread.currentThread();
    return thread.isVirtual() ? nobody : heaps.register(thread);
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** Zeroes what the zero mode says of a block that is about to be handed out. */
  public long initialised(long address, long bytes) {
    if (zeroedBytes > 0) {
      zero(address, Math.min(bytes, zeroedBytes));
    }
    return address;
  }

  /** Fills a live block's first bytes with zeros. */
  public void zero(long address, long bytes) {
    Page page = composition.directory().lookup(address);
    page.memory().asSlice(address - page.base(), bytes).fill((byte) 0);
  }

  @Override
  public long allocate(LocalHeap heap, long bytes) {
    refuseClosed("size=" + bytes);
    return heap == nobody
        ? withOwnHeap(own -> own.allocate(bytes))
        : large.allocate(bytes, 1).base();
  }

  /** A block at a multiple of the alignment. */
  public long allocateAligned(long bytes, long alignment) {
    refuseClosed("size=" + bytes);
    long least = Math.max(bytes, alignment);
    for (long blockBytes : composition.pool().blockSizes()) {
      if (blockBytes >= least && blockBytes % alignment == 0) {
        return heap().allocate(blockBytes);
      }
    }
    return large.allocate(bytes, alignment).base();
  }

  @Override
  public void free(LocalHeap heap, long address) {
    refuseClosed("free");
    if (heap == nobody) {
      withOwnHeap(own -> freeThrough(own, address));
    } else {
      freeOfAnother(address);
    }
  }

  private void freeOfAnother(long address) {
    Page page = composition.directory().lookup(address);
    int index = liveIndex(page, address);
    if (!page.freeRemote(index)) {
      throw refuse(address, page, "is already free");
    }
    if (LargeBlocks.isLarge(page)) {
      large.release(page);
    } else {
      remoteFrees.increment();
      composition.pool().freeRemote(page);
    }
  }

  private static long freeThrough(LocalHeap heap, long address) {
    heap.free(address);
    return address;
  }

  private long withOwnHeap(ToLongFunction<LocalHeap> operation) {
    Thread thread = Thread.currentThread();
    return thread.isVirtual()
        ? stripes.with(thread, operation)
        : operation.applyAsLong(heaps.register(thread));
  }

  /** The live block's page, or an exception that says why the address is none. */
  public Page requireLive(long address) {
    refuseClosed("question");
    Page page = composition.directory().lookup(address);
    liveIndex(page, address);
    return page;
  }

  /** Whether the address lies in a block or page of this allocator. */
  public boolean owns(long address) {
    return !closed && composition.directory().lookup(address) != Page.NONE;
  }

  /** Figures of the moment. */
  public Stats stats() {
    RegionSupply supply = composition.supply();
    return new Stats(
        supply.reserved(),
        supply.committed(),
        supply.peakCommitted(),
        refusedFrees.sum(),
        remoteFrees.sum(),
        composition.pool().counters());
  }

  /** Gives back what the calling thread's heap caches and all unused pages; returns bytes. */
  public long trim() {
    refuseClosed("trim");
    long before = composition.supply().committed();
    LocalHeap heap = heap();
    if (heap != nobody) {
      flush(heap);
    }
    stripes.forEach(this::flush);
    composition.supply().trim();
    return before - composition.supply().committed();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      heaps.close();
      composition.supply().close();
    }
  }

  private int liveIndex(Page page, long address) {
    if (page == Page.NONE) {
      throw refuse(address, page, "is not in a page of this allocator, or was freed");
    }
    long quotient = page.quotient(address);
    int index = Page.index(quotient);
    if (!page.isStart(quotient)) {
      throw refuse(address, page, "is inside a block");
    }
    if (index >= page.capacity() || page.stateAcquire(index) != Page.LIVE) {
      throw refuse(address, page, "is already free");
    }
    return index;
  }

  private InvalidFreeException refuse(long address, Page page, String why) {
    refusedFrees.increment();
    if (page == Page.NONE) {
      return new InvalidFreeException("address 0x%x %s".formatted(address, why));
    }
    LocalHeap owner = page.ownerAcquire();
    Thread thread = owner == null ? null : owner.thread();
    return new InvalidFreeException(
        "address 0x%x %s: page 0x%x, blocks of %d B, owner %s"
            .formatted(
                address,
                why,
                page.base(),
                page.blockBytes(),
                thread == null ? "none" : thread.getName()));
  }

  private void refuseClosed(String what) {
    if (closed) {
      throw new AllocatorClosedException(what + " refused: the allocator is closed");
    }
  }

  private void flush(LocalHeap heap) {
    composition.pool().flush(heap);
  }

  private LocalHeap newHeap(@Nullable Thread thread) {
    LocalHeap heap =
        new LocalHeap(thread, this, composition.directory().table(), composition.checked());
    long[] sizes = composition.pool().blockSizes();
    Bin[] bins = new Bin[sizes.length];
    for (int sizeClass = 0; sizeClass < sizes.length; sizeClass++) {
      bins[sizeClass] = composition.pool().newBin(heap, sizeClass);
    }
    heap.route(SizeTables.route(bins));
    return heap;
  }
}
