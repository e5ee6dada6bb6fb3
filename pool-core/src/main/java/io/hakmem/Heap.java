package io.hakmem;

import io.hakmem.compose.Engine;
import io.hakmem.spi.LocalHeap;

/**
 * The calling thread's heap, held by the caller so that each operation saves the lookup. Only the
 * thread that asked for it may use it.
 */
public final class Heap {

  private final HakAllocator allocator;
  private final Engine engine;
  private final LocalHeap local;
  private final Thread thread = Thread.currentThread();

  Heap(HakAllocator allocator, Engine engine, LocalHeap local) {
    this.allocator = allocator;
    this.engine = engine;
    this.local = local;
  }

  /**
   * Like {@link HakAllocator#allocate(long)}.
   *
   * @throws IllegalStateException if another thread calls
   */
  public long allocate(long bytes) {
    requireOwner();
    return allocator.allocate(local, bytes);
  }

  /**
   * Like {@link HakAllocator#free(long)}.
   *
   * @throws IllegalStateException if another thread calls
   */
  public void free(long address) {
    requireOwner();
    local.free(address);
  }

  private void requireOwner() {
    if (engine.isClosed()) {
      throw new AllocatorClosedException("heap refused: the allocator is closed");
    }
    if (thread != Thread.currentThread()) {
      throw new IllegalStateException("this heap belongs to another thread");
    }
  }
}
