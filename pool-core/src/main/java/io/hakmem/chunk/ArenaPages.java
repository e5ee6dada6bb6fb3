package io.hakmem.chunk;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of arenas: pages of their own, known to the directory and cut into chunks that no call
 * takes by an address. Any thread.
 *
 * <p>Whatever is thrown out of a call, each chunk is either with its arena or free, and a page that
 * could not go back is tried again by the next call.
 */
public final class ArenaPages implements PageHandler {

  /** Larger chunks are runs of pages of their own. */
  private static final long MOST_CUT_BYTES = PageKey.PAGE_BYTES / 2;

  /** No system maps more than 47 bits of address space for a process. */
  private static final long MOST_BYTES = 1L << 46;

  private static final int MOST_STRIPES = 8;

  private final PageDirectory directory;
  private final PageSupply supply;
  private final Stripe[] stripes;
  private final AtomicLong refused = new AtomicLong();

  /** No memory yet. */
  public ArenaPages(PageDirectory directory, PageSupply supply) {
    this.directory = directory;
    this.supply = supply;
    int processors = Runtime.getRuntime().availableProcessors();
    this.stripes = new Stripe[Math.min(MOST_STRIPES, Integer.highestOneBit(processors * 2 - 1))];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new Stripe();
    }
  }

  /**
   * Figures of the moment; approximate while threads run.
   *
   * @param pages pages and runs
   * @param liveBytes of chunks that open arenas have
   * @param cachedBytes of the rest of these pages
   * @param allocations chunks taken so far
   * @param frees chunks given back so far
   */
  public record Figures(
      long pages, long liveBytes, long cachedBytes, long allocations, long frees) {

    private Figures plus(Figures more) {
      return new Figures(
          pages + more.pages,
          liveBytes + more.liveBytes,
          cachedBytes + more.cachedBytes,
          allocations + more.allocations,
          frees + more.frees);
    }
  }

  @Override
  public String name() {
    return "arenas";
  }

  /** No block of these pages is ever live, so none is freed. */
  @Override
  public void freeRemote(Page page, long address) {
    throw new IllegalStateException("0x" + Long.toHexString(address) + " is memory of an arena");
  }

  /**
   * A chunk of at least so many bytes, in a page that is pinned as long as it has one. Whoever
   * finds the allocator closed afterwards gives the chunk back and touches none of it.
   *
   * @param bytes above 0
   * @throws OutOfNativeMemoryException if the limit or the system refuses
   * @throws io.hakmem.AllocatorClosedException after the allocator's close
   */
  public Chunk take(long bytes) {
    StackRoom.require();
    Stripe stripe = stripes[(int) Thread.currentThread().threadId() & (stripes.length - 1)];
    releaseLeaving(stripe);
    if (bytes > MOST_BYTES) {
      refused.incrementAndGet();
      throw new OutOfNativeMemoryException(bytes, "limit " + MOST_BYTES + " (address space)");
    }
    boolean cut = bytes <= MOST_CUT_BYTES;
    int granules = cut ? (int) ((bytes + Slab.GRANULE_BYTES - 1) / Slab.GRANULE_BYTES) : 0;
    Chunk chunk = cut ? stripe.take(granules) : null;
    return chunk == null
        ? takeNew(stripe, cut ? PageKey.PAGE_BYTES : PageKey.roundUp(bytes), granules)
        : chunk;
  }

  private Chunk takeNew(Stripe stripe, long bytes, int granules) {
    PageSupply.Run run = acquire(bytes);
    Page page = Page.NONE;
    try {
      page = Page.ofLiveBlock(this, run.base(), bytes, run.memory(), false);
      page.hold(run.base());
      Slab slab = granules == 0 ? Slab.whole(stripe, page) : Slab.cut(stripe, page);
      directory.register(page);
      return stripe.add(slab, granules);
    } catch (Throwable thrown) {
      if (page.isRegistered()) {
        directory.unregister(page);
      }
      supply.release(run.base(), bytes);
      throw thrown;
    }
  }

  private PageSupply.Run acquire(long bytes) {
    try {
      return supply.acquire(bytes);
    } catch (OutOfNativeMemoryException thrown) {
      refused.incrementAndGet();
      throw thrown;
    }
  }

  /**
   * Takes a chunk back that nobody uses any more. What was thrown out of a call can be continued by
   * another one with the same chunk.
   */
  public void giveBack(Chunk chunk) {
    StackRoom.require();
    chunk.stripe.giveBack(chunk);
    releaseLeaving(chunk.stripe);
  }

  /** Gives back the pages that are kept for the next chunk. */
  public void trim() {
    StackRoom.require();
    for (Stripe stripe : stripes) {
      stripe.letGo();
      releaseLeaving(stripe);
    }
  }

  private void releaseLeaving(Stripe stripe) {
    Slab slab = stripe.pollLeaving();
    while (slab != null) {
      try {
        release(slab.page);
      } catch (Throwable thrown) {
        stripe.leave(slab);
        throw thrown;
      }
      slab = stripe.pollLeaving();
    }
  }

  private void release(Page page) {
    if (page.isRegistered()) {
      directory.unregister(page);
    }
    supply.release(page.base(), page.bytes());
  }

  /** Figures of the moment. */
  public Figures figures() {
    Figures sum = new Figures(0, 0, 0, 0, 0);
    for (Stripe stripe : stripes) {
      sum = sum.plus(stripe.figures());
    }
    return sum;
  }

  /** Chunks that the limit or the system refused; approximate while threads run. */
  public long refused() {
    return refused.get();
  }

  /** Fails at the first invariant that does not hold. */
  public void checkInvariants() {
    for (Stripe stripe : stripes) {
      stripe.checkInvariants();
    }
  }
}
