package io.hakmem.bench.peer;

import java.lang.foreign.Arena;

/** No allocator: every block is the same memory. Its time is that of the loop itself. */
final class Floor implements Subject, Blocks {

  private final long block;

  Floor(long maxBytes) {
    block = Arena.global().allocate(maxBytes, 64).address();
  }

  @Override
  public Blocks blocks() {
    return this;
  }

  @Override
  public long allocate(long bytes) {
    return block;
  }

  @Override
  public void free(long address) {}

  @Override
  public long reallocate(long address, long bytes) {
    return address;
  }

  @Override
  public long usableSize(long address) {
    return 0;
  }

  @Override
  public String composition() {
    return "no allocator: the loop alone";
  }
}
