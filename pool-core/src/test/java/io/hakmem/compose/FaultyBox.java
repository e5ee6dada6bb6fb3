package io.hakmem.compose;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.heap.PageKey;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A box of blocks of 64 B, in front of pool v1, each of whose ways a test can break. */
class FaultyBox implements PoolBoxProvider, PoolBox, PageHandler {

  static final long BLOCK_BYTES = 64;

  private @Nullable BoxContext context;

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public int place() {
    return 40;
  }

  @Override
  public boolean isSelected(Settings settings) {
    return true;
  }

  @Override
  public PoolBox create(BoxContext from) {
    context = from;
    return this;
  }

  @Override
  public long[] blockSizes() {
    return new long[] {BLOCK_BYTES};
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    return new Bin(heap, this, sizeClass, BLOCK_BYTES);
  }

  /** Blocks that the box says its pages have. */
  int capacity() {
    return (int) (PageKey.PAGE_BYTES / BLOCK_BYTES);
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    BoxContext from = Objects.requireNonNull(context);
    PageSupply.Run run = from.supply().acquire(PageKey.PAGE_BYTES);
    Page page =
        new Page(this, run.base(), PageKey.PAGE_BYTES, BLOCK_BYTES, capacity(), run.memory());
    from.directory().register(page);
    from.directory().adopt(page, null, heap);
    heap.own(page, bin, from.directory().table());
  }

  @Override
  public void freeRemote(Page page, long address) {
    throw new IllegalStateException("no test frees remotely");
  }

  @Override
  public BoxReport report() {
    return BoxReport.NOTHING;
  }
}
