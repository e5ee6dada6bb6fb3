package io.hakmem.pool.v1flat;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.PoolBox;

/**
 * Makes the next pool's bins direct and is called for what is no hit, which it hands to that pool.
 * While it is disabled it changes nothing.
 */
class FlatBox implements PoolBox {

  private final PoolBox next;
  private final boolean enabled;
  private final FallbackCounts handedOn;

  FlatBox(PoolBox next, boolean enabled) {
    this.next = next;
    this.enabled = enabled;
    this.handedOn = new FallbackCounts(next.blockSizes(), "bin empty");
  }

  @Override
  public final String name() {
    return FlatProvider.NAME;
  }

  @Override
  public final long[] blockSizes() {
    return next.blockSizes();
  }

  @Override
  public final boolean alignsBlocks() {
    return next.alignsBlocks();
  }

  @Override
  public final Bin newBin(LocalHeap heap, int sizeClass) {
    Bin bin = next.newBin(heap, sizeClass);
    return enabled ? bin.handOver(this) : bin;
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    handedOn.count(bin.sizeClass(), 0);
    return next.allocate(heap, bin);
  }

  @Override
  public final void refill(LocalHeap heap, Bin bin) {
    next.refill(heap, bin);
  }

  @Override
  public BoxReport report() {
    return BoxReport.NOTHING.withFallbacks(handedOn);
  }

  /** The pool whose bins are handed over. */
  final PoolBox next() {
    return next;
  }
}
