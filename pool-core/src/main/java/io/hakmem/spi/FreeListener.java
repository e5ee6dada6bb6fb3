package io.hakmem.spi;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;

/** A box that hears of frees that are no hits, as to count them. */
public interface FreeListener {

  /**
   * Is told of each free that is no hit, before it is served or refused.
   *
   * @param heap the calling thread's heap, or one that stands for no thread and that several
   *     threads use at once
   * @param page the page of the address, or {@link Page#NONE}
   * @param address any long
   */
  void missedFree(LocalHeap heap, Page page, long address);
}
