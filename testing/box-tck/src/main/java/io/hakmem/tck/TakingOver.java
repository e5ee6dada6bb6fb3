package io.hakmem.tck;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;

/**
 * Makes the simplest front: it takes all bins of the box behind it over, so that heaps pop and push
 * their pages by themselves, and hands what is no hit to that box.
 */
public final class TakingOver implements PoolBoxProvider {

  private static final String NAME = "taking-over";

  /** A provider. */
  public TakingOver() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int place() {
    return 0;
  }

  @Override
  public boolean isSelected(Settings settings) {
    return true;
  }

  @Override
  public PoolBox create(BoxContext context) {
    return new Front(context.requireNext(NAME));
  }

  private record Front(PoolBox next) implements PoolBox {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public long[] blockSizes() {
      return next.blockSizes();
    }

    @Override
    public boolean alignsBlocks() {
      return next.alignsBlocks();
    }

    @Override
    public Bin newBin(LocalHeap heap, int sizeClass) {
      return next.newBin(heap, sizeClass).handOver(this);
    }

    @Override
    public void refill(LocalHeap heap, Bin bin) {
      bin.formerHandler(this).refill(heap, bin);
    }

    @Override
    public long allocate(LocalHeap heap, Bin bin) {
      return bin.formerHandler(this).allocate(heap, bin);
    }
  }
}
