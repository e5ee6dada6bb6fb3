package io.hakmem.tck;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.PageKey;
import io.hakmem.spi.PageSupply;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page supply over one piece of memory, that counts, knows each run that is out, and can be told
 * to fail.
 */
public final class BoundedSupply implements PageSupply {

  private static final int PAGES = 1024;

  /** All supplies hand out the same memory: to clear it for each takes longer than a test. */
  private static final MemorySegment MEMORY =
      Arena.ofAuto().allocate((long) PAGES * PageKey.PAGE_BYTES, PageKey.PAGE_BYTES);

  private final BitSet taken = new BitSet(PAGES);

  /** Lengths in bytes of what is handed out, by base. */
  private final TreeMap<Long, Long> out = new TreeMap<>();

  private final Runnable beforeRefusing;
  private int calls;
  private int failsFrom = Integer.MAX_VALUE;
  private int failsUntil = Integer.MAX_VALUE;
  private @Nullable Supplier<Error> thrown;
  private long mostBytes = Long.MAX_VALUE;
  private long limitBytes = Long.MAX_VALUE;

  /** A supply of 64 MiB. */
  public BoundedSupply() {
    this(() -> {});
  }

  /**
   * A supply of 64 MiB.
   *
   * @param beforeRefusing what may release runs, called once before a limit refuses
   */
  BoundedSupply(Runnable beforeRefusing) {
    this.beforeRefusing = beforeRefusing;
  }

  /** The directory for the addresses of this supply. */
  public WindowOfSupply directory() {
    return new WindowOfSupply((int) PageKey.of(MEMORY.byteSize()));
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

  /** What calls throw that fail by {@link #failAt} or {@link #failUntil}, made anew for each. */
  public synchronized void failWith(Supplier<Error> error) {
    thrown = error;
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

  /** Makes all calls fail that would hand out more than so many bytes altogether. */
  public synchronized void limit(long bytes) {
    limitBytes = bytes;
  }

  /** How many calls there were since {@link #failAt}. */
  public synchronized int calls() {
    return calls;
  }

  /** Bytes that are handed out. */
  public synchronized long outBytes() {
    return (long) taken.cardinality() * PageKey.PAGE_BYTES;
  }

  /** The runs that are handed out, by ascending base. */
  public synchronized List<Run> outRuns() {
    return out.entrySet().stream()
        .map(run -> new Run(run.getKey(), at(run.getKey(), run.getValue())))
        .toList();
  }

  @Override
  public Run acquire(long bytes) {
    if (isBeyondLimit(bytes)) {
      beforeRefusing.run();
    }
    return acquireNow(bytes);
  }

  private synchronized boolean isBeyondLimit(long bytes) {
    return outBytes() + bytes > limitBytes;
  }

  private synchronized Run acquireNow(long bytes) {
    int call = calls++;
    boolean fails = call >= failsFrom && call < failsUntil;
    if (fails && thrown != null) {
      throw thrown.get();
    }
    if (fails || bytes > mostBytes) {
      throw new OutOfNativeMemoryException(bytes, "call " + call + " was told to fail");
    }
    if (isBeyondLimit(bytes)) {
      throw new OutOfNativeMemoryException(bytes, "the limit is " + limitBytes);
    }
    int pages = (int) (bytes >>> PageKey.PAGE_SHIFT);
    int at = taken.nextClearBit(0);
    while (taken.nextSetBit(at) >= 0 && taken.nextSetBit(at) < at + pages) {
      at = taken.nextClearBit(taken.nextSetBit(at));
    }
    if (at + pages > PAGES) {
      throw new OutOfNativeMemoryException(bytes, "all " + PAGES + " pages are out");
    }
    taken.set(at, at + pages);
    long base = MEMORY.address() + (long) at * PageKey.PAGE_BYTES;
    out.put(base, bytes);
    return new Run(base, at(base, bytes));
  }

  @Override
  public synchronized void release(long base, long bytes) {
    if (!Long.valueOf(bytes).equals(out.get(base))) {
      throw new IllegalStateException(
          "release(0x%x, %d) must name a run that is handed out".formatted(base, bytes));
    }
    out.remove(base);
    int at = (int) ((base - MEMORY.address()) >>> PageKey.PAGE_SHIFT);
    taken.clear(at, at + (int) (bytes >>> PageKey.PAGE_SHIFT));
  }
}
