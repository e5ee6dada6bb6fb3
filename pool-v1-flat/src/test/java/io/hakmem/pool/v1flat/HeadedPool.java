package io.hakmem.pool.v1flat;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PageSupply;

/**
 * A pool of one class. With headers its pages are two page keys long, and block 0, which is what a
 * page is known by, lies behind the page boundary; without, a page has one key and begins there.
 */
final class HeadedPool extends PagedBox {

  private final int headerBytes;

  HeadedPool(BoxContext context, long blockBytes, int headerBytes) {
    super(context, PagePolicy.standard("headed_pool_"), new long[] {blockBytes});
    this.headerBytes = headerBytes;
  }

  @Override
  public String name() {
    return "headed-pool";
  }

  @Override
  protected long runBytesOf(long blockBytes) {
    return headerBytes == 0 ? PageKey.PAGE_BYTES : 2 * PageKey.PAGE_BYTES;
  }

  @Override
  protected Page layOut(PageSupply.Run run, long bytes, long blockBytes) {
    return headerBytes == 0
        ? super.layOut(run, bytes, blockBytes)
        : Page.withHeaders(this, run.base(), run.memory(), blockBytes, headerBytes);
  }
}
