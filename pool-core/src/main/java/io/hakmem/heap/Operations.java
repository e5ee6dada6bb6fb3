package io.hakmem.heap;

/**
 * The operations that a program repeats, which {@link HotPath} writes out. Each kind of composition
 * has a class of its own for them, see {@link OperationsByKind}.
 */
public abstract class Operations {

  Operations() {}

  /**
   * A block of at least the given size; contents are undefined. Any long is a valid argument, and a
   * size below 1 is refused. The heap's thread only.
   */
  public abstract long allocate(LocalHeap heap, long bytes);

  /**
   * A block of a bin of {@link LocalHeap#routed}, or 0 if that is not a matter of a few steps. The
   * heap's thread only.
   */
  public abstract long allocateAtOnce(LocalHeap heap, Bin bin);

  /** Takes a block back; any long is a valid argument and a bad one is refused. Any thread. */
  public abstract void free(FreePath frees, long address);
}
