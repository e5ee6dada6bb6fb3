package io.hakmem.heap;

/** Finds the pages of addresses for the slow paths of heaps. */
public interface PageLookup {

  /**
   * The page that holds the address, or {@link Page#NONE}; any long is a valid question.
   *
   * @param heap the calling thread's heap, or one that stands for no thread
   */
  Page find(LocalHeap heap, long address);
}
