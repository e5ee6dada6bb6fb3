package com.example.fifoslab;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import org.jspecify.annotations.Nullable;

/** The blocks that a heap holds back, a queue for each class. Only the heap's user calls it. */
final class HeldBlocks {

  private final LocalHeap heap;
  private final @Nullable AddressQueue[] queues;
  private final int most;

  /**
   * Holds nothing.
   *
   * @param most blocks of each class, 1 or more
   */
  HeldBlocks(LocalHeap heap, int classes, int most) {
    this.heap = heap;
    this.queues = new AddressQueue[classes];
    this.most = most;
  }

  /** Holds a block, and gives the oldest of its class back if there were the most. */
  void hold(Page page, long address, int sizeClass) {
    AddressQueue queue = queue(sizeClass); // Made before the block changes its state.
    if (queue.isFull()) {
      giveBack(queue.poll());
    }
    page.hold(address);
    queue.add(address);
  }

  private AddressQueue queue(int sizeClass) {
    AddressQueue known = queues[sizeClass];
    if (known != null) {
      return known;
    }
    AddressQueue made = new AddressQueue(most);
    queues[sizeClass] = made;
    return made;
  }

  /** Gives the older half of a class back, at least one; false if there is none. */
  boolean giveBackOlder(int sizeClass) {
    AddressQueue queue = queue(sizeClass);
    int blocks = (queue.size() + 1) / 2;
    for (int i = 0; i < blocks; i++) {
      giveBack(queue.poll());
    }
    return blocks > 0;
  }

  /** Gives every block back. */
  void giveBackAll() {
    for (AddressQueue queue : queues) {
      while (queue != null && queue.size() > 0) {
        giveBack(queue.poll());
      }
    }
  }

  private void giveBack(long address) {
    heap.takeBack(heap.lookup(address), address);
  }
}
