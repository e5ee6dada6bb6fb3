package io.hakmem.fuzz;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Blocks on their way from one thread to another. Any thread may call it. */
public final class Handover {

  private static final int EMPTY = 0;
  private static final int BUSY = 1;
  private static final int FULL = 2;
  private static final int SLOTS = 256;

  private final AtomicIntegerArray states = new AtomicIntegerArray(SLOTS);
  private final long[] addresses = new long[SLOTS];
  private final long[] sizes = new long[SLOTS];
  private final long[] marks = new long[SLOTS];

  /** With all slots empty. */
  public Handover() {}

  /** Hands a block on, if the slot is empty. The states order the plain fields. */
  public boolean put(int random, Held held, int at) {
    int slot = Math.floorMod(random, SLOTS);
    if (!states.compareAndSet(slot, EMPTY, BUSY)) {
      return false;
    }
    addresses[slot] = held.addresses[at];
    sizes[slot] = held.sizes[at];
    marks[slot] = held.marks[at];
    held.remove(at);
    states.set(slot, FULL);
    return true;
  }

  /** Takes a block over, if there is one in the slot. */
  public boolean take(int random, Held to) {
    int slot = Math.floorMod(random, SLOTS);
    if (to.isFull() || !states.compareAndSet(slot, FULL, BUSY)) {
      return false;
    }
    to.add(addresses[slot], sizes[slot], marks[slot], false);
    states.set(slot, EMPTY);
    return true;
  }

  /** Any other number means one of these, too. */
  public int slots() {
    return SLOTS;
  }
}
