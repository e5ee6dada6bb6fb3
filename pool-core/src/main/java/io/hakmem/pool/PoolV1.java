package io.hakmem.pool;

import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBin;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.Bin;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.LocalHeap;

/** The standard pool, which is asked for each operation unless a box before it takes its bins. */
final class PoolV1 extends PagedBox {

  PoolV1(BoxContext context) {
    super(
        context,
        PagePolicy.standard("pool_v1_"),
        SizeClasses.of(context.settings().get(PoolV1Gates.CLASSES)));
  }

  @Override
  public String name() {
    return PoolV1Provider.NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    return new LayeredBin(heap, this, newPagedBin(heap, sizeClass).throughBox());
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    PagedBin shelf = pagedBin(bin);
    if (shelf.isLow()) {
      shelf.drain();
      collectIfMany(heap);
    }
    if (!shelf.hasFreeBlocks()) {
      refill(heap, shelf);
    }
    return shelf.pop();
  }

  /** A heap whose bins are direct sees to this when it turns to another page. */
  private void collectIfMany(LocalHeap heap) {
    if (heap.shouldCollect()) {
      collect(heap);
    }
  }

  @Override
  protected PagedBin pagedBin(Bin bin) {
    return bin instanceof LayeredBin layered ? layered.shelf() : super.pagedBin(bin);
  }
}
