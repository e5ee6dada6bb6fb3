package io.hakmem;

import io.hakmem.heap.LocalHeap;

/**
 * The calling thread's heap, held by the caller so that each operation saves the lookup. Only the
 * thread that asked for it may use it.
 */
public final class Heap {

  private final HakAllocator allocator;
  private final LocalHeap local;
  private final Thread thread = Thread.currentThread();

  Heap(HakAllocator allocator, LocalHeap local) {
    this.allocator = allocator;
    this.local = local;
  }

  /**
   * Like {@link HakAllocator#allocate(long)}.
   *
   * @throws WrongThreadException if another thread calls
   */
  public long allocate(long bytes) {
    requireOwner();
    return allocator.allocate(local, bytes);
  }

  /**
   * Like {@link HakAllocator#free(long)}.
   *
   * @throws WrongThreadException if another thread calls
   */
  public void free(long address) {
    requireOwner();
    allocator.free(address);
  }

  private void requireOwner() {
    if (thread != Thread.currentThread()) {
      refuseSlow();
    }
  }

  private void refuseSlow() {
    throw new WrongThreadException(
        "this heap belongs to thread "
            + thread.getName()
            + ", not to "
            + Thread.currentThread().getName()
            + "; ask HakAllocator.heap() in each thread");
  }
}
