package io.hakmem.pool.v2;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.PageSupply;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts pages from extents of a supply, those at low addresses first so that others become unused.
 * An extent that is unused goes back at once.
 *
 * <p>The supply is asked outside of the monitor: before it refuses it lets boxes return memory, and
 * so comes back here.
 *
 * <p>Invariant: each published extent has a page that is handed out, unless the Java heap was too
 * full to withdraw it.
 */
final class Extents implements PageRefill {

  /** Asked of the supply at a time; one page where so much is refused. */
  static final long EXTENT_BYTES = 16L * PageKey.PAGE_BYTES;

  private final PageSupply supply;

  /** By ascending base; replaced under the monitor, and read by every thread. */
  private volatile Extent[] published = {};

  private long refills;
  private long retires;

  Extents(PageSupply supply) {
    this.supply = supply;
  }

  @Override
  public Run refillPage() {
    Run free = takeFree();
    if (free != null) {
      return free;
    }
    try {
      return takeFirst(EXTENT_BYTES);
    } catch (OutOfNativeMemoryException refused) {
      // What was reclaimed before the refusal may have been pages of extents here.
      Run reclaimed = takeFree();
      return reclaimed == null ? takeFirst(PageKey.PAGE_BYTES) : reclaimed;
    }
  }

  private synchronized @Nullable Run takeFree() {
    for (Extent extent : published) {
      if (!extent.isFull()) {
        refills++;
        return extent.take();
      }
    }
    return null;
  }

  private Run takeFirst(long bytes) {
    StackRoom.require();
    Run run = supply.acquire(bytes);
    try {
      return takeFirst(new Extent(run));
    } catch (Throwable refused) {
      supply.release(run.base(), bytes);
      throw refused;
    }
  }

  private synchronized Run takeFirst(Extent fresh) {
    Extent[] more = Arrays.copyOf(published, published.length + 1);
    more[published.length] = fresh;
    Arrays.sort(more, Comparator.comparingLong(Extent::base));
    Run run = fresh.take();
    published = more;
    refills++;
    return run;
  }

  @Override
  public void retirePage(long runBase) {
    giveBack(runBase);
    releaseUnused();
  }

  private synchronized void giveBack(long runBase) {
    of(runBase).giveBack(runBase);
    retires++;
  }

  /** Gives unused extents back, among them what the Java heap was too full for before. */
  void releaseUnused() {
    for (Extent unused = withdraw(); unused != Extent.NONE; unused = withdraw()) {
      supply.release(unused.base(), unused.bytes());
    }
  }

  /** An extent that was unused and is published no more. */
  private synchronized Extent withdraw() {
    Extent[] all = published;
    for (int i = 0; i < all.length; i++) {
      if (all[i].isUnused()) {
        return withdrawn(all, i);
      }
    }
    return Extent.NONE;
  }

  /** Where the Java heap is full, the extent stays for the next pages, or the next time. */
  private Extent withdrawn(Extent[] all, int place) {
    try {
      Extent[] rest = Arrays.copyOf(all, all.length - 1);
      System.arraycopy(all, place + 1, rest, place, rest.length - place);
      published = rest;
      return all[place];
    } catch (OutOfMemoryError full) {
      return Extent.NONE;
    }
  }

  /** The extent that may hold the address, or {@link Extent#NONE}; any long is a valid question. */
  Extent of(long address) {
    Extent[] all = published;
    int from = 0;
    int to = all.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (all[middle].base() <= address) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from == 0 ? Extent.NONE : all[from - 1];
  }

  /** Bytes of pages that are not handed out. */
  synchronized long freeBytes() {
    long bytes = 0;
    for (Extent extent : published) {
      bytes += extent.freeBytes();
    }
    return bytes;
  }

  synchronized void addCounters(SortedMap<String, Long> counters, String prefix) {
    counters.put(prefix + "extents", (long) published.length);
    counters.put(prefix + "page_refills", refills);
    counters.put(prefix + "page_retires", retires);
  }
}
