package io.hakmem.pool.v2;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.PagedBin;
import io.hakmem.spi.BlockFinder;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import java.util.concurrent.ThreadLocalRandom;

/** Puts a header in front of each block, by which a free finds the block's page. */
final class HeaderV2Box extends V2Box implements BlockFinder {

  private final Headers headers = new Headers(ThreadLocalRandom.current().nextLong());

  HeaderV2Box(BoxContext context, PoolBox next, Extents extents) {
    super(context, next, extents);
  }

  @Override
  PagedBin directBin(LocalHeap heap, int sizeClass) {
    return super.directBin(heap, sizeClass).freesThroughBox();
  }

  @Override
  Page newPageOver(PageSupply.Run run, long bytes, long blockBytes) {
    return Page.withHeaders(this, run.base(), run.memory(), blockBytes, Headers.BYTES);
  }

  @Override
  protected void prepare(LocalHeap heap, PagedBin bin, Page page) {
    int owner = parts().of(heap).number;
    headers.writeAll(extents().of(page.base()), page, bin.sizeClass(), owner);
  }

  @Override
  public boolean alignsBlocks() {
    return false;
  }

  @Override
  public boolean freeUnlooked(LocalHeap heap, long address) {
    HeapPart part = parts().find(heap);
    if (part == null) {
      return false;
    }
    Extent extent = part.extentOf(address, extents());
    Page page = extent.pageAt(address);
    Bin bin = page.bin();
    // The owner first: memory of any other page may be taken from under the reader at any moment.
    if (page.owner() != heap
        || bin == null
        || !page.contains(address)
        || address < page.base()
        || !headers.matches(extent, address, bin.sizeClass(), part.number)
        || !page.isLive(address)) {
      return false;
    }
    countHeaderFree(heap);
    heap.takeBack(page, address);
    return true;
  }

  /** The header says it. */
  @Override
  public boolean freeAtOnce(LocalHeap heap, Page page, int block) {
    return false;
  }

  /** The header was overwritten, or names a former owner: the next free shall find it in order. */
  @Override
  public void free(LocalHeap heap, Page page, long address) {
    Bin bin = page.bin();
    if (bin != null) {
      int owner = parts().of(heap).number;
      headers.write(extents().of(address), address, bin.sizeClass(), owner);
    }
    super.free(heap, page, address);
  }
}
