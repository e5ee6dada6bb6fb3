package io.hakmem.arena;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The desks of an allocator by their threads: one array read and one comparison. A slot holds a
 * desk or {@code nobody}; that of another thread is refused by the comparison, so a stale slot only
 * makes a lookup slow.
 */
final class Desks {

  private static final int FIRST_SLOTS = 256;
  private static final int MOST_SLOTS = 1 << 16;

  private final Desk nobody = new Desk(null);
  private Desk[] slots = new Desk[FIRST_SLOTS];

  /** All desks in a chain; the monitor of {@link Arenas} guards it. */
  private @Nullable Desk first;

  private int size;

  Desks() {
    Arrays.fill(slots, nobody);
  }

  /** The thread's desk, or one that is nobody's and never has a chunk. */
  Desk of(Thread thread) {
    Desk[] table = slots;
    Desk desk = table[(int) thread.threadId() & (table.length - 1)];
    return desk.refersTo(thread) ? desk : nobody;
  }

  /** The calling thread's desk, made if need be; under the monitor of {@link Arenas}. */
  Desk own() {
    Thread thread = Thread.currentThread();
    Desk own = first;
    while (own != null && !own.refersTo(thread)) {
      own = own.next;
    }
    if (own == null) {
      grow();
      own = new Desk(thread);
      own.next = first;
      first = own;
      size++;
    }
    place(slots, own);
    return own;
  }

  private void grow() {
    if (size >= slots.length / 2 && slots.length < MOST_SLOTS) {
      Desk[] larger = new Desk[slots.length * 2];
      Arrays.fill(larger, nobody);
      for (Desk desk = first; desk != null; desk = desk.next) {
        place(larger, desk);
      }
      slots = larger;
    }
  }

  private static void place(Desk[] table, Desk desk) {
    table[(int) desk.threadId & (table.length - 1)] = desk;
  }

  /** The first desk of all; under the monitor of {@link Arenas}. */
  @Nullable Desk first() {
    return first;
  }

  /** Forgets the desk behind another one, or the first; under the monitor of {@link Arenas}. */
  void remove(@Nullable Desk before, Desk desk) {
    int slot = (int) desk.threadId & (slots.length - 1);
    if (slots[slot] == desk) {
      slots[slot] = nobody;
    }
    size--;
    if (before == null) {
      first = desk.next;
    } else {
      before.next = desk.next;
    }
  }
}
