package io.hakmem.bench.peer;

import io.hakmem.RawMemory;

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

  /**
   * A block whose bytes are 0. An allocator without such a call has none of its own to be measured:
   * whoever calls it for one clears the block.
   */
  default long allocateZeroed(long bytes) {
    long address = allocate(bytes);
    RawMemory.fill(address, bytes, (byte) 0);
    return address;
  }

  /**
   * A block at a multiple of a power of two; at any address where an allocator is called without
   * alignments here.
   */
  default long allocate(long bytes, long alignment) {
    return allocate(bytes);
  }

  /** A block whose bytes are 0 at a multiple of a power of two, by the words of both calls. */
  default long allocateZeroed(long bytes, long alignment) {
    long address = allocate(bytes, alignment);
    RawMemory.fill(address, bytes, (byte) 0);
    return address;
  }
}
