package io.hakmem.arena;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The desks of an allocator by their threads: one array read and one comparison. A slot holds a
 * desk or {@code nobody}; that of another thread is refused by the comparison, so a stale slot only
 * makes a lookup slow.
 */
final class Desks {

  private static final int FIRST_SLOTS = 256;
  private static final int MOST_SLOTS = 1 << 16;

  private final Desk nobody = new Desk(null);
  private final Map<Thread, Desk> desks = new HashMap<>();
  private Desk[] slots = new Desk[FIRST_SLOTS];

  Desks() {
    Arrays.fill(slots, nobody);
  }

  /** The thread's desk, or one that is nobody's and never has a chunk. */
  Desk of(Thread thread) {
    Desk[] table = slots;
    Desk desk = table[(int) thread.threadId() & (table.length - 1)];
    return desk.thread == thread ? desk : nobody;
  }

  /** The calling thread's desk, made if need be; under the monitor of {@link Arenas}. */
  Desk own() {
    Thread thread = Thread.currentThread();
    Desk desk = desks.computeIfAbsent(thread, Desk::new);
    if (desks.size() > slots.length / 2 && slots.length < MOST_SLOTS) {
      slots = new Desk[slots.length * 2];
      Arrays.fill(slots, nobody);
      desks.values().forEach(this::place);
    }
    place(desk);
    return desk;
  }

  private void place(Desk desk) {
    Thread thread = desk.thread;
    if (thread != null) {
      slots[(int) thread.threadId() & (slots.length - 1)] = desk;
    }
  }

  /** All desks, from which threads may be removed; under the monitor of {@link Arenas}. */
  Collection<Desk> all() {
    return desks.values();
  }

  /** Forgets all desks; under the monitor of {@link Arenas}. */
  void clear() {
    desks.clear();
    Arrays.fill(slots, nobody);
  }
}
