package io.hakmem.tck;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageTable;
import io.hakmem.spi.PageDirectory;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The simplest directory: a table that never grows. */
public final class WindowOfSupply implements PageDirectory {

  private static final int NEVER = -1;

  private final PageTable table;
  private final Set<Page> pages = Collections.newSetFromMap(new IdentityHashMap<>());

  private Call failing = Call.REGISTER;
  private int failsAt = NEVER;
  private int calls;

  /** What can fail. */
  public enum Call {
    /** {@link PageDirectory#register}. */
    REGISTER,
    /** {@link PageDirectory#unregister}. */
    UNREGISTER
  }

  WindowOfSupply(int keys) {
    table = new PageTable(keys);
  }

  /** How many pages are registered. */
  public synchronized int size() {
    return pages.size();
  }

  /** The pages that are registered. */
  public synchronized List<Page> pages() {
    return List.copyOf(pages);
  }

  /**
   * Makes one call of a kind, counted from now on, from 0, throw an {@link InternalError}; below 0
   * none.
   */
  public synchronized void failAt(Call kind, int call) {
    failing = kind;
    failsAt = call;
    calls = 0;
  }

  /** How many calls of the kind there were since {@link #failAt}. */
  public synchronized int calls() {
    return calls;
  }

  private void called(Call kind) {
    if (kind == failing) {
      int call = calls++;
      if (call == failsAt) {
        throw new InternalError("%s %d was told to fail".formatted(kind, call));
      }
    }
  }

  @Override
  public synchronized void register(Page page) {
    called(Call.REGISTER);
    if (!pages.add(page)) {
      throw new IllegalStateException("page 0x%x is registered already".formatted(page.base()));
    }
    table.enter(page, page);
    page.registered(true);
  }

  @Override
  public synchronized void unregister(Page page) {
    called(Call.UNREGISTER);
    if (!pages.remove(page)) {
      throw new IllegalStateException("page 0x%x is not registered".formatted(page.base()));
    }
    page.registered(false);
    table.enter(page, Page.NONE);
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
