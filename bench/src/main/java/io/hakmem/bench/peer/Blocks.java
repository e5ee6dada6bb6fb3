package io.hakmem.bench.peer;

/** The calls of the measured loops; a JVM loads one implementation, so they are inlined. */
public interface Blocks {

  /** Returns the address of a block of at least {@code bytes} bytes, which is at least 1. */
  long allocate(long bytes);

  /** Gives back a block that {@link #allocate} returned. */
  void free(long address);

  /**
   * Returns the address of a block of at least {@code bytes} bytes with the contents of the block
   * at {@code address}, as far as both reach, and takes that one back if they differ.
   */
  long reallocate(long address, long bytes);
}
