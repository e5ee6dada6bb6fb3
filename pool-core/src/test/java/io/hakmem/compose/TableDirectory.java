package io.hakmem.compose;

import io.hakmem.gate.Settings;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageTable;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import java.util.Collections;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The least directory that an engine runs with: one table, for a few pages. */
final class TableDirectory implements PageDirectory {

  private static final int SLOTS = 1 << 12;

  private final PageTable table = new PageTable(SLOTS);

  /** Makes it. */
  static final class Provider implements PageDirectoryProvider {

    @Override
    public String name() {
      return "table";
    }

    @Override
    public PageDirectory create(Settings settings) {
      return new TableDirectory();
    }
  }

  @Override
  public synchronized void register(Page page) {
    if (!table.hasRoomFor(page)) {
      throw new IllegalStateException("page 0x%x meets another".formatted(page.base()));
    }
    table.enter(page, page);
    page.registered(true);
  }

  @Override
  public synchronized void unregister(Page page) {
    table.enter(page, Page.NONE);
    page.registered(false);
  }

  @Override
  public Page lookup(long address) {
    return table.find(address);
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
