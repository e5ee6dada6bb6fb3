package io.hakmem.supply;

import io.hakmem.heap.PageKey;
import io.hakmem.spi.PageSupply.Run;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs that are shorter than a page, cut from runs of a page. What makes an object comes before
 * what changes a state; whoever calls asks for room on the stack.
 *
 * <p>Invariant: each whole run here has a part that is handed out.
 */
final class ShortRuns {

  private static final int PARTS = PageKey.PAGE_BYTES / PageKey.KEY_BYTES;
  private static final int FIRST_WHOLES = 16;

  /** By ascending base. */
  private Whole[] wholes = new Whole[FIRST_WHOLES];

  private int size;

  /** As in {@link RegionSupply}: written before a state changes, and never read. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private @Nullable Run toHandOut;

  /** A run of a page, and a bit for each part of it that is handed out. */
  private static final class Whole {

    private final long base;
    private final MemorySegment memory;
    private int taken;

    private Whole(Run run) {
      this.base = run.base();
      this.memory = run.memory();
    }

    /** The first of so many parts that are free, or {@link #PARTS}. */
    private int firstFree(int parts) {
      int first = 0;
      while (first + parts <= PARTS && (taken & mask(first, parts)) != 0) {
        first++;
      }
      return first + parts <= PARTS ? first : PARTS;
    }
  }

  /** Whether runs of so many bytes are cut from those of a page. */
  static boolean isShort(long bytes) {
    return bytes % PageKey.PAGE_BYTES != 0;
  }

  private static int mask(int first, int parts) {
    return ((1 << parts) - 1) << first;
  }

  private static int parts(long bytes) {
    return (int) (bytes / PageKey.KEY_BYTES);
  }

  /** A run, that with the lowest address, or null if none is free. */
  synchronized @Nullable Run take(long bytes) {
    for (int place = 0; place < size; place++) {
      if (wholes[place].firstFree(parts(bytes)) < PARTS) {
        return take(wholes[place], bytes);
      }
    }
    return null;
  }

  private Run take(Whole from, long bytes) {
    int first = from.firstFree(parts(bytes));
    long offset = (long) first * PageKey.KEY_BYTES;
    Run run = new Run(from.base + offset, from.memory.asSlice(offset, bytes));
    toHandOut = run;
    from.taken |= mask(first, parts(bytes));
    return run;
  }

  /** The first part of a run of a page, which is kept here from now on. */
  synchronized Run takeFirst(Run page, long bytes) {
    if (size == wholes.length) {
      wholes = Arrays.copyOf(wholes, 2 * size);
    }
    Whole whole = new Whole(page);
    Run run = take(whole, bytes);
    int place = placeOf(page.base());
    System.arraycopy(wholes, place, wholes, place + 1, size - place);
    wholes[place] = whole;
    size++;
    return run;
  }

  /**
   * Takes a run back.
   *
   * @return the base of a run of a page that is kept here no more, or 0
   * @throws IllegalArgumentException if it is no run that was handed out; nothing changes then
   */
  synchronized long giveBack(long base, long bytes) {
    int place = placeOf(base + 1) - 1;
    long offset = place < 0 ? PageKey.PAGE_BYTES : base - wholes[place].base;
    int first = parts(offset);
    int mask = first + parts(bytes) <= PARTS ? mask(first, parts(bytes)) : 0;
    if (mask == 0 || (wholes[place].taken & mask) != mask) {
      throw new IllegalArgumentException(
          bytes + " bytes at 0x" + Long.toHexString(base) + " are no run that was handed out");
    }
    Whole from = wholes[place];
    from.taken &= ~mask;
    if (from.taken != 0) {
      return 0;
    }
    size--;
    System.arraycopy(wholes, place + 1, wholes, place, size - place);
    wholes[size] = null;
    return from.base;
  }

  /** The place of the first whole run that does not begin below the address. */
  private int placeOf(long address) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (wholes[middle].base < address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
