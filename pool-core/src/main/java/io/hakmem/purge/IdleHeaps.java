package io.hakmem.purge;

import io.hakmem.heap.LocalHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reaches what heaps hold whose threads wait for something else. One thread at a time; it holds no
 * lock of an allocator. See {@link io.hakmem.heap.HeapAccess} for the steps.
 */
public final class IdleHeaps {

  private IdleHeaps() {}

  /**
   * Runs an operation on each heap whose thread waits, in the place of that thread.
   *
   * @param heaps of platform threads
   */
  public static void collect(List<LocalHeap> heaps, Consumer<LocalHeap> operation) {
    List<LocalHeap> left = new ArrayList<>();
    for (LocalHeap heap : heaps) {
      if (!heap.access().isCollected()) {
        addIfUsed(heap, left);
      } else if (heap.inbox().hasPages()) { // What others freed since.
        heap.access().collect(operation);
      }
    }
    left = withoutAllocations(waiting(left)); // A thread that runs keeps its hits.
    left = withoutFrees(waiting(left));
    for (LocalHeap heap : waiting(left)) {
      heap.access().collect(operation);
    }
  }

  private static void addIfUsed(LocalHeap heap, List<LocalHeap> left) {
    if (heap.hasPages() && !heap.isOfCaller()) {
      left.add(heap);
    }
  }

  private static List<LocalHeap> withoutAllocations(List<LocalHeap> heaps) {
    List<LocalHeap> stopped = new ArrayList<>();
    for (LocalHeap heap : heaps) {
      if (heap.access().stopAllocations()) {
        stopped.add(heap);
      }
    }
    return stopped;
  }

  private static List<LocalHeap> withoutFrees(List<LocalHeap> heaps) {
    List<LocalHeap> stopped = new ArrayList<>();
    for (LocalHeap heap : heaps) {
      if (heap.access().stopFrees()) {
        stopped.add(heap);
      }
    }
    return stopped;
  }

  private static List<LocalHeap> waiting(List<LocalHeap> heaps) {
    return heaps.isEmpty() ? heaps : new ArrayList<>(WaitingThreads.among(heaps));
  }
}
