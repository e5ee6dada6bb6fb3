package io.hakmem.tck;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.spi.PoolBox;

/** The box of pages that a test makes by hand: it serves nothing, and every call of it fails. */
public final class NoBox implements PoolBox, PageHandler {

  /** A box. */
  public NoBox() {}

  @Override
  public String name() {
    return "no-box";
  }

  @Override
  public long[] blockSizes() {
    return new long[0];
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    throw new UnsupportedOperationException("newBin");
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    throw new UnsupportedOperationException("refill");
  }

  @Override
  public void freeRemote(Page page, long address) {
    throw new UnsupportedOperationException("freeRemote");
  }
}
