package io.hakmem.memory;

import io.hakmem.spi.Region;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Regions in the order of their addresses, each with what is known of it. Once there is room, none
 * of its methods makes an object, so that a full Java heap cannot lose a region.
 *
 * @param <E> what is known of a region
 */
public final class RegionList<E extends RegionList.Entry> {

  private static final int FIRST_ROOM = 8;

  private Entry[] entries = new Entry[FIRST_ROOM];
  private int size;

  /** No region yet. */
  public RegionList() {}

  /** What has a region. */
  public interface Entry {

    /** The same one each time. */
    Region region();
  }

  /** Lets the next {@link #add} find room; only this method makes objects. */
  public void makeRoom() {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
  }

  /** Adds a region that overlaps none; after {@link #makeRoom}. */
  public void add(E entry) {
    int at = firstAbove(entry.region().base());
    System.arraycopy(entries, at, entries, at + 1, size - at);
    entries[at] = entry;
    size++;
  }

  /** Takes the region at a place in the order out. */
  public void remove(int index) {
    size--;
    System.arraycopy(entries, index + 1, entries, index, size - index);
    entries[size] = null;
  }

  /** How many regions there are. */
  public int size() {
    return size;
  }

  /** The region at a place in the order. */
  @SuppressWarnings("unchecked") // Only entries of the type are added.
  public E get(int index) {
    return (E) entries[index];
  }

  /** The first one for which that holds, or null. */
  public @Nullable E first(Predicate<E> holds) {
    for (int i = 0; i < size; i++) {
      if (holds.test(get(i))) {
        return get(i);
      }
    }
    return null;
  }

  /** The place of the region that holds a range, or a number below 0. */
  public int find(long base, long bytes) {
    int below = firstAbove(base) - 1;
    return below >= 0 && entries[below].region().contains(base, bytes) ? below : -1;
  }

  /** The region that holds a range, or null. */
  public @Nullable E holderOf(long base, long bytes) {
    int found = find(base, bytes);
    return found < 0 ? null : get(found);
  }

  /** Whether any region here has a byte of another one. */
  public boolean overlaps(Region region) {
    int last = firstAbove(region.base() + region.bytes() - 1) - 1;
    return last >= 0
        && entries[last].region().base() + entries[last].region().bytes() > region.base();
  }

  private int firstAbove(long address) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (entries[middle].region().base() <= address) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
