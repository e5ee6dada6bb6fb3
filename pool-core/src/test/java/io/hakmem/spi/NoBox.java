package io.hakmem.spi;

import java.util.Collections;
import java.util.SortedMap;

/** The box of pages that a test makes by hand: it serves nothing. */
public final class NoBox implements PoolBox {

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
  public void collect(LocalHeap heap) {
    throw new UnsupportedOperationException("collect");
  }

  @Override
  public void freeRemote(Page page, long address) {
    throw new UnsupportedOperationException("freeRemote");
  }

  @Override
  public void flush(LocalHeap heap) {}

  @Override
  public void reclaim() {}

  @Override
  public long liveBytes() {
    return 0;
  }

  @Override
  public long cachedBytes() {
    return 0;
  }

  @Override
  public Operations operations() {
    return Operations.NONE;
  }

  @Override
  public SortedMap<String, Long> counters() {
    return Collections.emptySortedMap();
  }

  @Override
  public void checkInvariants(LocalHeap heap) {}
}
