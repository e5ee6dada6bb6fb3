package io.hakmem.fuzz.fault;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBin;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;

/**
 * A front with pages of its own, each of whose calls may throw: before its work, and behind it
 * where its contract lets it. It serves some sizes between those of other boxes.
 */
public final class FailingBox extends PagedBox {

  private static final String NAME = "failing";
  private static final int PLACE = 1;
  private static final long[] SIZES = {48, 336, 1_104, 5_040, 40_016, 300_000};

  private final Fault fault;
  private final boolean asked;

  private FailingBox(BoxContext context, Fault fault, boolean asked) {
    super(context, PagePolicy.standard(NAME + "_"), SIZES);
    this.fault = fault;
    this.asked = asked;
  }

  /**
   * Of such boxes.
   *
   * @param asked whether each operation comes to the box, so that none is a hit
   */
  public static PoolBoxProvider provider(Fault fault, boolean asked) {
    return new PoolBoxProvider() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public int place() {
        return PLACE;
      }

      @Override
      public boolean isSelected(Settings settings) {
        return true;
      }

      @Override
      public PoolBox create(BoxContext context) {
        context.next(); // What it has no class for is handed on.
        return new FailingBox(context, fault, asked);
      }
    };
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    fault.beginOnly();
    return asked ? newAskedBin(heap, sizeClass) : newPagedBin(heap, sizeClass);
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    fault.beginOnly();
    return super.allocate(heap, bin);
  }

  @Override
  public void free(LocalHeap heap, Page page, long address) {
    fault.beginOnly();
    super.free(heap, page, address);
  }

  @Override
  public void freeRemote(Page page, long address) {
    fault.beginOnly();
    super.freeRemote(page, address);
  }

  @Override
  protected long runBytesOf(long blockBytes) {
    fault.beginOnly();
    return super.runBytesOf(blockBytes);
  }

  @Override
  protected Page layOut(PageSupply.Run run, long bytes, long blockBytes) {
    boolean fails = fault.begin();
    Page page = super.layOut(run, bytes, blockBytes);
    failIf(fails);
    return page;
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    boolean fails = fault.begin();
    super.refill(heap, bin);
    failIf(fails);
  }

  @Override
  protected void prepare(LocalHeap heap, PagedBin bin, Page page) {
    failIf(fault.begin());
  }

  @Override
  protected void adopted(LocalHeap heap, Bin bin, Page page) {
    failIf(fault.begin());
  }

  @Override
  protected void retired(LocalHeap heap, Page page) {
    failIf(fault.begin());
  }

  @Override
  protected void releaseHeld(LocalHeap heap) {
    failIf(fault.begin());
  }

  @Override
  public void collect(LocalHeap heap) {
    boolean fails = fault.begin();
    super.collect(heap);
    failIf(fails);
  }

  @Override
  public void flush(LocalHeap heap) {
    boolean fails = fault.begin();
    super.flush(heap);
    failIf(fails);
  }

  @Override
  public void reclaim() {
    boolean fails = fault.begin();
    super.reclaim();
    failIf(fails);
  }

  @Override
  public void purge() {
    boolean fails = fault.begin();
    super.purge();
    failIf(fails);
  }

  @Override
  public BoxReport report() {
    boolean fails = fault.begin();
    BoxReport report = super.report();
    failIf(fails);
    return report;
  }

  @Override
  public void checkInvariants(LocalHeap heap) {
    boolean fails = fault.begin();
    super.checkInvariants(heap);
    failIf(fails);
  }

  private void failIf(boolean fails) {
    if (fails) {
      fault.fail();
    }
  }
}
