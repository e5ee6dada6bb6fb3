package io.hakmem.bench.measure;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.workload.Memory;

/** Makes every byte of a block resident, as a program does that uses what it asks for. */
record FilledBlocks(Blocks inner) implements Blocks {

  @Override
  public long allocate(long bytes) {
    long address = inner.allocate(bytes);
    Memory.set(address, bytes);
    return address;
  }

  @Override
  public long allocateZeroed(long bytes) {
    long address = inner.allocateZeroed(bytes);
    Memory.set(address, bytes);
    return address;
  }

  @Override
  public long allocate(long bytes, long alignment) {
    long address = inner.allocate(bytes, alignment);
    Memory.set(address, bytes);
    return address;
  }

  @Override
  public long allocateZeroed(long bytes, long alignment) {
    long address = inner.allocateZeroed(bytes, alignment);
    Memory.set(address, bytes);
    return address;
  }

  @Override
  public void free(long address) {
    inner.free(address);
  }

  @Override
  public long reallocate(long address, long bytes) {
    long moved = inner.reallocate(address, bytes);
    Memory.set(moved, bytes);
    return moved;
  }
}
