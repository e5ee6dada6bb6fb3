package io.hakmem.bench.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a program did, in its order. Events are numbered from 0 here, and from 1 in messages. It
 * does not change.
 */
public final class Events {

  /** The most threads that a trace may have. */
  public static final int MOST_THREADS = 1 << 16;

  /** The most slots. */
  static final int MOST_SLOTS = 1 << 26;

  /** The largest alignment. */
  static final long MOST_ALIGNMENT = 1 << 30;

  private static final int MOST_EVENTS = 1 << 30;
  private static final int LEAST_ROOM = 1 << 12;
  private static final int ALIGNMENT_SHIFT = 3;
  private static final int KIND_BITS = (1 << ALIGNMENT_SHIFT) - 1;

  /** What an event does with its slot. */
  public enum Kind {
    /** Puts a new block into it, which may have an alignment. */
    ALLOCATE(0),
    /** Puts a new block into it that was to be cleared. */
    ALLOCATE_CLEARED(1),
    /** Gives its block a new size. */
    RESIZE(2),
    /** Empties it. */
    FREE(3);

    private static final Kind[] BY_CODE = {ALLOCATE, ALLOCATE_CLEARED, RESIZE, FREE};

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  private final int size;
  private final long[] events;
  private final byte[] ways;
  private final int[] threads;
  private final long[] times;
  private final int slots;
  private final int threadCount;
  private final boolean plain;
  private final List<String> warnings;

  private Events(Builder built) {
    size = built.size;
    events = built.events;
    ways = built.ways;
    threads = built.threads;
    times = built.hasTimes ? built.times : new long[0];
    slots = built.slots;
    threadCount = built.dense.size();
    plain = built.plain;
    warnings = List.copyOf(built.warnings);
  }

  public int size() {
    return size;
  }

  public Kind kind(int event) {
    return Kind.BY_CODE[ways[event] & KIND_BITS];
  }

  /** Slots are numbered from 0; one is used again after its block was freed. */
  public int slot(int event) {
    return (int) events[event];
  }

  /** The new size, at least 1; 0 of a free. */
  public int bytes(int event) {
    return (int) (events[event] >>> Integer.SIZE);
  }

  /** The alignment that was asked for, a power of two; 0 if none was. */
  public long alignment(int event) {
    int shift = ways[event] >>> ALIGNMENT_SHIFT & 0x1f;
    return shift == 0 ? 0 : 1L << shift;
  }

  /** Threads are numbered from 0 in the order of their first events. */
  public int thread(int event) {
    return threads[event];
  }

  /** Whether the trace says when its events were. */
  public boolean hasTimes() {
    return times.length > 0;
  }

  /** When the event was, in ns after the start; its number where the trace does not say it. */
  public long ns(int event) {
    return hasTimes() ? times[event] : event;
  }

  /** One more than the last slot. */
  public int slots() {
    return slots;
  }

  public int threads() {
    return threadCount;
  }

  /** Whether there is nothing but allocations without an alignment, and frees. */
  public boolean isPlain() {
    return plain;
  }

  /** What a reader should know of the trace, a sentence each. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The events from one to another, with those that bring the slots to where they stand at its
   * begin in front; these are at the time of the first event.
   *
   * @param from in [0, {@code to})
   * @param to at most {@link #size()}
   */
  public Events part(int from, int to) {
    Builder part = new Builder();
    int[] live = new int[slots];
    for (int i = 0; i < from; i++) {
      live[slot(i)] = kind(i) == Kind.FREE ? 0 : i + 1;
    }
    // A block that a reallocation changed stands as one of its last size.
    IntStream.of(live)
        .filter(event -> event > 0)
        .map(event -> event - 1)
        .sorted()
        .forEach(i -> copy(i, Kind.RESIZE == kind(i) ? Kind.ALLOCATE : kind(i), ns(from), part));
    for (int i = from; i < to; i++) {
      copy(i, kind(i), ns(i), part);
    }
    return part.build();
  }

  private void copy(int event, Kind kind, long ns, Builder to) {
    if (hasTimes()) {
      to.at(ns);
    }
    to.add(kind, thread(event), slot(event), bytes(event), alignment(event));
  }

  /** Collects events. */
  public static final class Builder {

    private long[] events;
    private byte[] ways;
    private int[] threads;
    private long[] times;
    private int size;
    private int lastThread;
    private int lastNumber;
    private int slots;
    private boolean plain = true;
    private boolean hasTimes;
    private long now;
    private final Map<Integer, Integer> dense = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean[] occupied = new boolean[1 << 10];

    /** No events yet. */
    public Builder() {
      this(LEAST_ROOM);
    }

    /** No events yet, with room for so many: more are copied as they grow. */
    Builder(long expected) {
      int room = Math.clamp(expected, LEAST_ROOM, MOST_EVENTS);
      events = new long[room];
      ways = new byte[room];
      threads = new int[room];
      times = new long[room];
    }

    /** The time of the events from now on, in ns after the start. */
    public void at(long ns) {
      now = ns;
      hasTimes = true;
    }

    /** Adds a sentence for whoever uses the trace. */
    public void warn(String sentence) {
      warnings.add(sentence);
    }

    public int size() {
      return size;
    }

    /** Whether the slot holds a block. */
    public boolean isOccupied(int slot) {
      return slot < occupied.length && occupied[slot];
    }

    /**
     * Adds an event.
     *
     * @param thread any number; a free of it is none
     * @param bytes 1 or more, or 0 for a free
     * @param alignment a power of two, or 0 for none
     * @throws IllegalArgumentException if the slot cannot take the event, or there are too many
     *     events or threads
     */
    public void add(Kind kind, int thread, int slot, int bytes, long alignment) {
      boolean allocates = kind == Kind.ALLOCATE || kind == Kind.ALLOCATE_CLEARED;
      if (isOccupied(slot) == allocates) {
        throw new IllegalArgumentException(
            "slot " + slot + (allocates ? " is occupied" : " is empty"));
      }
      if (size == 0 || thread != lastThread) {
        lastNumber = number(thread);
        lastThread = thread;
      }
      grow();
      events[size] = (long) bytes << Integer.SIZE | slot;
      int shift = alignment == 0 ? 0 : Long.numberOfTrailingZeros(alignment);
      ways[size] = (byte) (kind.code | shift << ALIGNMENT_SHIFT);
      threads[size] = lastNumber;
      times[size] = now;
      size++;
      plain &= alignment == 0 && (kind == Kind.ALLOCATE || kind == Kind.FREE);
      occupy(slot, kind != Kind.FREE);
    }

    private int number(int thread) {
      int number = dense.computeIfAbsent(thread, _ -> dense.size());
      if (dense.size() > MOST_THREADS) {
        throw new IllegalArgumentException(
            "threads=%d must be at most %d".formatted(dense.size(), MOST_THREADS));
      }
      return number;
    }

    private void occupy(int slot, boolean holds) {
      if (slot >= occupied.length) {
        occupied = Arrays.copyOf(occupied, Math.max(slot + 1, 2 * occupied.length));
      }
      occupied[slot] = holds;
      slots = Math.max(slots, slot + 1);
    }

    private void grow() {
      if (size == MOST_EVENTS) {
        throw new IllegalArgumentException("events must be at most " + MOST_EVENTS);
      }
      if (size == events.length) {
        int length = (int) Math.min(MOST_EVENTS, 2L * size);
        events = Arrays.copyOf(events, length);
        ways = Arrays.copyOf(ways, length);
        threads = Arrays.copyOf(threads, length);
        times = Arrays.copyOf(times, length);
      }
    }

    public Events build() {
      return new Events(this);
    }
  }
}
