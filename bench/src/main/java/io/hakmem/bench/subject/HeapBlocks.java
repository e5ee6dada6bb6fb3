package io.hakmem.bench.subject;

import io.hakmem.HakAllocator;
import io.hakmem.Heap;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.peer.WrappedSubject;

/** HAKMEM through the explicit handle of the thread that makes it. */
record HeapBlocks(HakAllocator allocator, Heap heap) implements Blocks {

  static Subject subject(HakAllocator allocator) {
    return new WrappedSubject(
        new HakmemSubject(allocator), _ -> new HeapBlocks(allocator, allocator.heap()));
  }

  @Override
  public long allocate(long bytes) {
    return heap.allocate(bytes);
  }

  @Override
  public void free(long address) {
    heap.free(address);
  }

  /** A heap has no such call. */
  @Override
  public long reallocate(long address, long bytes) {
    return allocator.reallocate(address, bytes);
  }
}
