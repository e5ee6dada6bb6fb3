package io.hakmem.bench.measure;

import io.hakmem.bench.peer.Blocks;
import org.HdrHistogram.Histogram;

/** Times each allocation; what is noted is noted after the clock was read. */
record TimedBlocks(Blocks inner, Histogram times) implements Blocks {

  @Override
  public long allocate(long bytes) {
    long begin = System.nanoTime();
    long address = inner.allocate(bytes);
    times.recordValue(System.nanoTime() - begin);
    return address;
  }

  @Override
  public long allocateZeroed(long bytes) {
    long begin = System.nanoTime();
    long address = inner.allocateZeroed(bytes);
    times.recordValue(System.nanoTime() - begin);
    return address;
  }

  @Override
  public long allocate(long bytes, long alignment) {
    long begin = System.nanoTime();
    long address = inner.allocate(bytes, alignment);
    times.recordValue(System.nanoTime() - begin);
    return address;
  }

  @Override
  public long allocateZeroed(long bytes, long alignment) {
    long begin = System.nanoTime();
    long address = inner.allocateZeroed(bytes, alignment);
    times.recordValue(System.nanoTime() - begin);
    return address;
  }

  @Override
  public void free(long address) {
    inner.free(address);
  }

  @Override
  public long reallocate(long address, long bytes) {
    return inner.reallocate(address, bytes);
  }
}
