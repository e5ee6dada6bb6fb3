package io.hakmem.pool.v1;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.BoxContext;

/** The standard pool, which is asked for each operation unless a box before it takes its bins. */
final class PoolV1 extends PagedBox {

  PoolV1(BoxContext context) {
    super(
        context,
        PagePolicy.standard("pool_v1_").varying(),
        context.settings().get(PoolV1Gates.CLASSES).toArray());
  }

  @Override
  public String name() {
    return PoolV1Provider.NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    return newAskedBin(heap, sizeClass);
  }

  @Override
  public long allocateAtOnce(LocalHeap heap, Bin bin) {
    return popAtOnce(bin);
  }

  @Override
  public boolean freeAtOnce(LocalHeap heap, Page page, int block) {
    heap.takeBackBlock(page, block);
    return true;
  }
}
