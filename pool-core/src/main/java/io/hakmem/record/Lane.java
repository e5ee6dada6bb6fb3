package io.hakmem.record;

import io.hakmem.heap.StackRoom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one thread, or those of all virtual threads. A caller holds the lane's monitor
 * from {@link #requireRoom} to the last note of an operation, so that a recording ends between
 * operations, and the notes of one operation follow each other.
 */
public final class Lane {

  private static final int FIRST_BYTES = 1 << 10;
  private static final int MOST_BYTES = 1 << 14;

  private final BlockQueue full;
  private final int number;
  private final long startNs;

  /** The thread whose lane it is; null for that of the virtual threads. */
  private final @Nullable Thread thread;

  private byte[] buffer = new byte[FIRST_BYTES];
  private int position;
  private long lastNs;
  private long lastUnit;
  private long events;
  private long handedOn; // Of these.
  private long lost;
  private boolean ended;

  Lane(BlockQueue full, int number, long startNs, @Nullable Thread thread) {
    this.full = full;
    this.number = number;
    this.startNs = startNs;
    this.thread = thread;
  }

  /** Some encoded events of one thread. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, and never compared.
  record Block(int lane, byte[] bytes, int length, long events) {}

  /**
   * What a lane came to.
   *
   * @param events that are in the file
   * @param lost operations that were made and are not
   */
  record Noted(long events, long lost) {}

  /**
   * Makes room for two notes, before the operation is made. It waits while the file is behind.
   *
   * @throws StackOverflowError if there is no room on the stack; nothing changed then
   */
  public void requireRoom() {
    if (buffer.length - position < 2 * TraceFormat.MOST_EVENT_BYTES) {
      roomSlow();
    }
  }

  private void roomSlow() {
    StackRoom.requireForSystemCall();
    if (ended) {
      position = 0; // Notes of an operation that was under way at the end go nowhere.
    } else if (buffer.length < MOST_BYTES) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    } else {
      full.add(taken(new byte[MOST_BYTES]));
    }
  }

  /** What is in the buffer, in whose place comes another. */
  private Block taken(byte[] next) {
    Block block = new Block(number, buffer, position, events - handedOn);
    handedOn = events;
    buffer = next;
    position = 0;
    lastNs = 0;
    lastUnit = 0;
    return block;
  }

  /** Notes a new block. It throws nothing: the block is the caller's. */
  public void allocated(long address, long bytes, long alignment, boolean cleared) {
    int tag =
        TraceFormat.ALLOCATED
            | (cleared ? TraceFormat.CLEARED : 0)
            | (alignment > 0 ? TraceFormat.ALIGNED : 0);
    noteMade(tag, address, bytes, alignment);
  }

  /** Notes what a reallocation came to, behind {@link #resizing}. It throws nothing. */
  public void resized(long address, long bytes) {
    noteMade(TraceFormat.RESIZED, address, bytes, 0);
  }

  /** Notes that a block is about to be freed. */
  public void freeing(long address) {
    position = begin(TraceFormat.FREED, address);
    events++;
  }

  /** Notes that a block is about to be reallocated. */
  public void resizing(long address) {
    position = begin(TraceFormat.RESIZING, address);
    events++;
  }

  /** Notes that the free or reallocation that was just noted was refused. It throws nothing. */
  public void refused(long address) {
    try {
      position = begin(TraceFormat.REFUSED, address);
      events++;
    } catch (StackOverflowError noRoom) {
      lost++;
    }
  }

  private void noteMade(int tag, long address, long bytes, long alignment) {
    try {
      int at = number(begin(tag, address), bytes);
      if (alignment > 0) {
        buffer[at++] = (byte) Long.numberOfTrailingZeros(alignment);
      }
      position = at;
      events++;
    } catch (StackOverflowError noRoom) {
      lost++;
    }
  }

  /** Writes what all events have; the event counts when the position is behind it. */
  private int begin(int tag, long address) {
    long ns = System.nanoTime() - startNs;
    long unit = address >> TraceFormat.ADDRESS_SHIFT;
    long distance = unit - lastUnit;
    buffer[position] = (byte) tag;
    int at = number(position + 1, ns - lastNs);
    at = number(at, distance << 1 ^ distance >> 63);
    lastNs = ns;
    lastUnit = unit;
    return at;
  }

  private int number(int from, long value) {
    int at = from;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[at++] = (byte) rest;
    return at;
  }

  boolean isOfEndedThread() {
    return thread != null && !thread.isAlive();
  }

  /**
   * Hands on what is left, and nothing from then on. The writer. What is noted afterwards, of an
   * operation that was under way, does not count: it goes nowhere.
   */
  synchronized Noted end() {
    ended = true;
    full.addNow(taken(new byte[FIRST_BYTES]));
    return new Noted(events, lost);
  }
}
