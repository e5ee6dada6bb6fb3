package io.hakmem.pool.v1flat;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.PageTable;
import io.hakmem.spi.PageDirectory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that makes its keys in one of two ways.
 *
 * <pre>
 *                  a page is registered by           an address is looked up by
 *   normalised     PageKey.of each of its bytes      PageKey.of the address
 *   un-normalised  its base as it stands             the address rounded down to the page size
 * </pre>
 *
 * <p>The two ends of the second way meet only where bases are page boundaries.
 */
final class SwitchedDirectory implements PageDirectory {

  private final boolean normalised;
  private final PageTable table;
  private final Map<Long, Page> pages = new ConcurrentHashMap<>();

  SwitchedDirectory(boolean normalised, SpacedSupply supply) {
    this.normalised = normalised;
    this.table = new PageTable(supply.keys());
  }

  private List<Long> registeredBy(Page page) {
    long last = page.runBase() + page.bytes() - 1;
    return normalised
        ? LongStream.rangeClosed(PageKey.of(page.base()), PageKey.of(last)).boxed().toList()
        : List.of(page.base());
  }

  private long lookedUpBy(long address) {
    return normalised ? PageKey.of(address) : address - address % PageKey.PAGE_BYTES;
  }

  @Override
  public void register(Page page) {
    registeredBy(page).forEach(key -> pages.put(key, page));
    page.registered(true);
    if (normalised) {
      registeredBy(page).forEach(key -> table.set(key, page));
    } else {
      long first = PageKey.of(page.base()); // Bins link their pages by this key.
      LongStream.range(first, first + PageKey.of(PageKey.PAGE_BYTES))
          .forEach(key -> table.set(key, page));
    }
  }

  @Override
  public Page lookup(long address) {
    Page page = pages.getOrDefault(lookedUpBy(address), Page.NONE);
    return page.contains(address) ? page : Page.NONE;
  }

  @Override
  public void unregister(Page page) {
    throw new UnsupportedOperationException("tests of this directory keep their pages");
  }

  @Override
  public boolean adopt(Page page, @Nullable LocalHeap expected, @Nullable LocalHeap owner) {
    return page.changeOwner(expected, owner);
  }

  @Override
  public SortedMap<String, Long> counters() {
    return Collections.emptySortedMap();
  }

  @Override
  public PageTable table() {
    return table;
  }
}
