package io.hakmem.spi;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.PageKey;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/** A page supply over one piece of memory, that counts and can be told to fail. */
public final class BoundedSupply implements PageSupply {

  private static final int PAGES = 1024;

  /** All supplies hand out the same memory: to clear it for each takes longer than a test. */
  private static final MemorySegment MEMORY =
      Arena.ofAuto().allocate((long) PAGES * PageKey.PAGE_BYTES, PageKey.PAGE_BYTES);

  private final BitSet taken = new BitSet(PAGES);
  private int calls;
  private int failsFrom = Integer.MAX_VALUE;
  private int failsUntil = Integer.MAX_VALUE;
  private long mostBytes = Long.MAX_VALUE;

  /** The directory for the addresses of this supply. */
  WindowOfSupply directory() {
    return new WindowOfSupply(PAGES);
  }

  /** The memory at an address, whoever has it now. */
  public static MemorySegment at(long address, long bytes) {
    return MEMORY.asSlice(address - MEMORY.address(), bytes);
  }

  /**
   * Makes a call of {@link #acquire}, counted from now on, from 0, and all later ones fail; below 0
   * none.
   */
  public synchronized void failAt(int call) {
    calls = 0;
    failsFrom = call < 0 ? Integer.MAX_VALUE : call;
    failsUntil = Integer.MAX_VALUE;
  }

  /** Makes all calls before a call, counted from now on, from 0, fail. */
  public synchronized void failUntil(int call) {
    calls = 0;
    failsFrom = 0;
    failsUntil = call;
  }

  /** Makes all calls that ask for more fail. */
  public synchronized void failAbove(long bytes) {
    mostBytes = bytes;
  }

  /** How many calls there were since {@link #failAt}. */
  synchronized int calls() {
    return calls;
  }

  /** Bytes that are handed out. */
  public synchronized long outBytes() {
    return (long) taken.cardinality() * PageKey.PAGE_BYTES;
  }

  @Override
  public synchronized Run acquire(long bytes) {
    int call = calls++;
    if ((call >= failsFrom && call < failsUntil) || bytes > mostBytes) {
      throw new OutOfNativeMemoryException(bytes, "call " + call + " was told to fail");
    }
    int pages = (int) PageKey.of(bytes);
    int at = taken.nextClearBit(0);
    while (taken.nextSetBit(at) >= 0 && taken.nextSetBit(at) < at + pages) {
      at = taken.nextClearBit(taken.nextSetBit(at));
    }
    if (at + pages > PAGES) {
      throw new OutOfNativeMemoryException(bytes, "all " + PAGES + " pages are out");
    }
    taken.set(at, at + pages);
    long offset = (long) at * PageKey.PAGE_BYTES;
    return new Run(MEMORY.address() + offset, MEMORY.asSlice(offset, bytes));
  }

  @Override
  public synchronized void release(long base, long bytes) {
    int at = (int) (PageKey.of(base) - PageKey.of(MEMORY.address()));
    int pages = (int) PageKey.of(bytes);
    if (taken.get(at, at + pages).cardinality() != pages) {
      throw new IllegalStateException("run 0x%x was not handed out".formatted(base));
    }
    taken.clear(at, at + pages);
  }
}
