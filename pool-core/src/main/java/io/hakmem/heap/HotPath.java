package io.hakmem.heap;

/**
 * What a hit runs through, allocation and free, from top to bottom.
 *
 * <p>An allocation that hits reads size to bin, and pops the bin's current page. A free that hits
 * reads address to page, and pushes the block back onto the page it came from: the page knows the
 * thread that may, so that no heap is looked up.
 *
 * <p>The rare ends are written out: HotSpot makes a call of what is called in less than one of a
 * hundred operations, however short it is, and a call in a compiled loop costs every round of it,
 * since no register survives one. So a heap with many empty pages is seen to when it allocates.
 *
 * <p>{@link ClassCopies} says why it is defined more than once.
 */
final class HotPath extends Operations {

  @Override
  public long allocate(LocalHeap heap, long bytes) {
    long step = (bytes + LocalHeap.ROUTE_ROUND) >>> LocalHeap.ROUTE_SHIFT;
    Bin[] bins = heap.route;
    if (step >= bins.length) {
      return heap.beyondRouteSlow(bytes);
    }
    Bin bin = bins[(int) step];
    Page page = bin.current;
    int index = page.head;
    if (index < 0) {
      int key = bin.partial;
      if (key == Page.NO_KEY || heap.emptied >= heap.mostEmptied) {
        return missSlow(heap, bin, bytes);
      }
      Page[] known = heap.frees.pages;
      Page next = known[key & (known.length - 1)];
      bin.partial = next.next;
      if (page != Page.NONE) {
        page.popped += page.stacked - page.used;
        page.used = page.stacked;
      }
      bin.current = next;
      page = next;
      index = next.head;
    }
    short[] links = page.links;
    page.head = links[index];
    links[index] = PageBlocks.LIVE;
    return page.base + index * page.stride;
  }

  private static long missSlow(LocalHeap heap, Bin bin, long bytes) {
    long address = bin.isDirect() ? 0 : askSlow(heap, bin);
    return address == 0 ? heap.missSlow(bin, bytes) : address;
  }

  /** Not a hit, though it may be as short as one. */
  private static long askSlow(LocalHeap heap, Bin bin) {
    return bin.handler().allocateAtOnce(heap, bin);
  }

  @Override
  public long allocateAtOnce(LocalHeap heap, Bin bin) {
    return bin.isDirect() ? bin.popAtOnce() : askSlow(heap, bin);
  }

  @Override
  public void free(FreePath frees, long address) {
    Page[] known = frees.pages;
    Page page = known[(int) PageKey.of(address) & (known.length - 1)];
    long distance = address - page.base;
    int index = PageBlocks.indexOf(distance, page.reciprocal);
    short[] links = page.links;
    if (page.thread != Thread.currentThread()
        || Integer.compareUnsigned(index, links.length) >= 0) {
      missSlow(frees, page, address);
      return;
    }
    if ((index * page.stride != distance || links[index] != PageBlocks.LIVE)
        && (frees.checked || distance >>> PageTable.REACH_SHIFT != 0)) {
      frees.slow.freeSlow(address);
      return;
    }
    int head = page.head;
    links[index] = (short) head;
    page.head = index;
    long used = --page.used;
    if (head < 0) {
      Bin bin = page.bin;
      if (bin != null && bin.current != page) {
        page.next = Page.NO_KEY;
        if (bin.partial == Page.NO_KEY) {
          bin.partial = page.key;
        } else {
          known[bin.last & (known.length - 1)].next = page.key;
        }
        bin.last = page.key;
      }
    }
    if (used == 0) {
      LocalHeap heap = page.home;
      if (heap != null) {
        heap.emptied++;
      }
    }
  }

  private static void missSlow(FreePath frees, Page page, long address) {
    LocalHeap heap = page.home;
    if (page.asker == Thread.currentThread() && heap != null) {
      long distance = address - page.base;
      int index = PageBlocks.indexOf(distance, page.reciprocal);
      short[] links = page.links;
      if (Integer.compareUnsigned(index, links.length) < 0
          && index * page.stride == distance
          && links[index] == PageBlocks.LIVE
          && page.handler().freeAtOnce(heap, page, index)) {
        return;
      }
    } else if (heap != null && frees.freeRemoteAtOnce(page, heap, address)) {
      return;
    }
    frees.slow.freeSlow(address);
  }
}
