package io.hakmem.spi;

import io.hakmem.heap.LocalHeap;

/** A box that can find the page of a block without the directory, as by a header. */
public interface BlockFinder {

  /**
   * Takes a live block back that the box finds by itself, before the directory is asked.
   *
   * @param heap the calling thread's heap
   * @param address any long
   * @return false, with nothing changed, to leave it to the directory
   */
  boolean freeUnlooked(LocalHeap heap, long address);
}
