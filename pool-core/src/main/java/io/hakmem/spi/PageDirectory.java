package io.hakmem.spi;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageLookup;
import io.hakmem.heap.PageTable;
import java.lang.foreign.MemorySegment;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers which page an address belongs to, from its own tables only.
 *
 * <p>Any thread may call any method. Lookups take no lock.
 */
public interface PageDirectory extends PageLookup {

  /**
   * Makes a page known under all of its keys, wherever it lies. If this throws, nothing changed.
   *
   * @throws IllegalStateException when one of its keys is taken
   */
  void register(Page page);

  /**
   * Forgets a page.
   *
   * @throws IllegalStateException when the page is not registered
   */
  void unregister(Page page);

  /**
   * Gives a registered page of one block another length. If this throws, the length is the old one.
   * A directory that makes Java objects to register a page must write this anew: what is undone
   * here may fail where the Java heap is full.
   *
   * @param memory from the page's base on
   * @param bytes a multiple of a page's unit; what is more than before is in no registered page
   * @throws IllegalStateException when the page is not registered
   */
  default void resize(Page page, MemorySegment memory, long bytes) {
    MemorySegment oldMemory = page.memory();
    long oldBytes = page.bytes();
    unregister(page);
    page.resize(memory, bytes);
    try {
      register(page);
    } catch (Throwable refused) {
      page.resize(oldMemory, oldBytes);
      register(page);
      throw refused;
    }
  }

  /** The page that holds the address, or {@link Page#NONE}; any long is a valid question. */
  Page lookup(long address);

  /**
   * Hands a page to a new owner, if its owner is still the expected one.
   *
   * @return whether the page changed hands
   */
  boolean adopt(Page page, @Nullable LocalHeap expected, @Nullable LocalHeap owner);

  /**
   * Like {@link #lookup}, for the slow paths of one heap: a directory may attach to the heap what
   * it found.
   */
  @Override
  default Page find(LocalHeap heap, long address) {
    return lookup(address);
  }

  /**
   * Counters by name, added up over all lookups; approximate while threads run. Names are lower
   * case words joined by {@code _} that begin with the directory's name.
   */
  SortedMap<String, Long> counters();

  /**
   * The table that hits read; replaced when it grows. It may lack registered pages, whose frees are
   * no hits then; it must have a page that it has once until that is unregistered.
   */
  PageTable table();
}
