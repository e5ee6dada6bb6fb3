package io.hakmem.bench.trace;

import io.hakmem.bench.trace.Events.Kind;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives slots to blocks that a recording knows by their addresses. With several threads a slot
 * stays empty for a while before it is used again, so that a replay need not wait where the program
 * did not.
 */
public final class BlockOrder {

  private static final int REST = 4096;

  private final Events.Builder events;
  private final Map<Long, Integer> slots = new HashMap<>();

  /** Slots of reallocations that are under way, by thread; -1 for a block from before. */
  private final Map<Integer, Integer> resizing = new HashMap<>();

  private final ArrayDeque<Integer> empty = new ArrayDeque<>();
  private final int rest;
  private final boolean isWhole;
  private int made;
  private int thread;
  private long early;
  private long unseen;

  /**
   * No events yet.
   *
   * @param threads about how many there are
   * @param isWhole whether every block that is freed was allocated before
   */
  public BlockOrder(int threads, boolean isWhole) {
    this(threads, isWhole, 0);
  }

  /**
   * The same.
   *
   * @param expected about how many events there are
   */
  BlockOrder(int threads, boolean isWhole, long expected) {
    this.events = new Events.Builder(expected);
    this.rest = threads > 1 ? REST : 0;
    this.isWhole = isWhole;
  }

  /** The time and the thread of what follows; times do not go back. */
  public void at(long ns, int thread) {
    events.at(ns);
    this.thread = thread;
  }

  /** The thread of what follows, where times are not known. */
  public void thread(int number) {
    thread = number;
  }

  /** A new block. */
  public void allocate(long address, long bytes, long alignment, Kind kind) {
    if (alignment < 0 || alignment > Events.MOST_ALIGNMENT) {
      throw new TraceException(
          " event %d: alignment=%d must be in [0, %d]"
              .formatted(events.size() + 1, alignment, Events.MOST_ALIGNMENT));
    }
    Integer before = slots.get(address);
    if (before != null) {
      unseen++;
      empty(before);
    }
    int slot = empty.size() > rest ? empty.pollFirst() : made++;
    slots.put(address, slot);
    add(kind, slot, size(bytes), alignment);
  }

  /** The end of a block. */
  public void free(long address) {
    Integer slot = slots.remove(address);
    if (slot == null) {
      early(address);
    } else {
      empty(slot);
    }
  }

  /** A reallocation of a block begins. */
  public void resizing(long address) {
    Integer slot = slots.remove(address);
    if (slot == null) {
      early(address);
    }
    resizing.put(thread, slot == null ? -1 : slot);
  }

  /** What the thread's reallocation came to. */
  public void resized(long address, long bytes) {
    Integer slot = resizing.remove(thread);
    if (slot == null || slot < 0) {
      allocate(address, bytes, 0, Kind.ALLOCATE);
      return;
    }
    Integer before = slots.put(address, slot);
    if (before != null) {
      unseen++;
      empty(before);
    }
    add(Kind.RESIZE, slot, size(bytes), 0);
  }

  private void empty(int slot) {
    add(Kind.FREE, slot, 0, 0);
    if (rest == 0) {
      empty.addFirst(slot);
    } else {
      empty.addLast(slot);
    }
  }

  private void early(long address) {
    if (isWhole) {
      throw new TraceException(
          " event %d frees the block at 0x%x on thread %d, where none is: it was freed twice"
              .formatted(events.size() + 1, address, thread));
    }
    early++;
  }

  private void add(Kind kind, int slot, int bytes, long alignment) {
    try {
      if (slot >= Events.MOST_SLOTS) {
        throw new IllegalArgumentException(
            "live blocks must be at most " + Events.MOST_SLOTS + " at a time");
      }
      events.add(kind, thread, slot, bytes, alignment);
    } catch (IllegalArgumentException e) {
      throw new TraceException(" event %d: %s".formatted(events.size() + 1, e.getMessage()));
    }
  }

  private int size(long bytes) {
    if (bytes < 0 || bytes > Integer.MAX_VALUE) {
      throw new TraceException(
          " event %d: bytes=%d must be in [0, %d]"
              .formatted(events.size() + 1, bytes, Integer.MAX_VALUE));
    }
    return (int) Math.max(1, bytes);
  }

  /**
   * The events, with what is to be known of them.
   *
   * @param warning one more sentence, or null
   * @param lost operations that were made and not noted
   * @throws TraceException if there is none
   */
  public Events end(@Nullable String warning, long lost) {
    if (events.size() == 0) {
      throw new TraceException(" the trace ends without an event");
    }
    if (warning != null) {
      events.warn(warning);
    }
    warn(early, "%,d frees or reallocations of blocks from before the recording are left out");
    warn(unseen, "%,d blocks were handed out again and their frees are not recorded");
    warn(lost, "%,d operations are missing, since the program's stack had no room for their notes");
    return events.build();
  }

  private void warn(long count, String sentence) {
    if (count > 0) {
      events.warn(sentence.formatted(count));
    }
  }
}
