package io.hakmem.heap;

/**
 * What a bin is tagged with: serves the operations on the bin that are no hits. Only the thread of
 * the bin's heap calls it.
 */
public interface BinHandler {

  /** The name for messages and figures; not blank, and always the same. */
  String name();

  /**
   * Gives a bin that has no free block a page with some.
   *
   * @throws io.hakmem.OutOfNativeMemoryException when there is no memory; nothing is lost then
   */
  void refill(LocalHeap heap, Bin bin);

  /**
   * Serves an allocation from a bin that is not direct, if that is a matter of a few steps: it may
   * not wait, take a lock, call a supply or throw. Else {@link #allocate} is called.
   *
   * @return the address of a live block, or 0, and then nothing changed
   */
  default long allocateAtOnce(LocalHeap heap, Bin bin) {
    return 0;
  }

  /**
   * Serves an allocation that is no hit: a live block of the bin's class.
   *
   * @throws io.hakmem.OutOfNativeMemoryException when there is no memory; nothing is lost then
   */
  default long allocate(LocalHeap heap, Bin bin) {
    if (!bin.hasFreeBlocks()) {
      refill(heap, bin);
    }
    return bin.pop();
  }
}
