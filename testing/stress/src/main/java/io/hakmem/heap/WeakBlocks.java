package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The way of a remote free through two blocks of a page, in which one step is not what it should.
 */
final class WeakBlocks {

  /** What is wrong. */
  enum Weakness {
    /** The link is read and then written, not exchanged. */
    PLAIN_CLAIM,
    /** The mark is set before the link changes, and not looked at again. */
    ONE_LOOK,
    /** The page may be queued again only after the look at the marks. */
    LATE_BEGIN,
    /** A drain may be at work while a claim is undone. */
    UNDO_AT_ANY_TIME
  }

  private static final VarHandle LINK = MethodHandles.arrayElementVarHandle(short[].class);
  private static final VarHandle MARK = MethodHandles.arrayElementVarHandle(byte[].class);
  private static final VarHandle QUEUED;

  static {
    try {
      QUEUED = MethodHandles.lookup().findVarHandle(WeakBlocks.class, "queued", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final short END = -1;
  private static final short LIVE = -2;
  private static final short REMOTE = -3;

  private final Weakness weakness;
  private final short[] links = {LIVE, LIVE};
  private final byte[] marks = {0};
  private int head = END;

  @SuppressWarnings("unused") // Through its handle.
  private boolean queued;

  WeakBlocks(Weakness weakness) {
    this.weakness = weakness;
  }

  boolean claimRemote(int index) {
    if ((byte) MARK.getOpaque(marks, 0) == 0) {
      MARK.setOpaque(marks, 0, (byte) 1);
    }
    if (!claimLink(index)) {
      return false;
    }
    if (weakness != Weakness.ONE_LOOK && (byte) MARK.getVolatile(marks, 0) == 0) {
      MARK.setVolatile(marks, 0, (byte) 1);
    }
    return true;
  }

  boolean unclaim(int index) {
    if (weakness == Weakness.UNDO_AT_ANY_TIME) {
      return LINK.compareAndSet(links, index, REMOTE, LIVE);
    }
    synchronized (marks) {
      return LINK.compareAndSet(links, index, REMOTE, LIVE);
    }
  }

  private boolean claimLink(int index) {
    if (weakness != Weakness.PLAIN_CLAIM) {
      return LINK.compareAndSet(links, index, LIVE, REMOTE);
    }
    if (links[index] != LIVE) {
      return false;
    }
    links[index] = REMOTE;
    return true;
  }

  boolean claimQueue() {
    return !(boolean) QUEUED.getVolatile(this) && QUEUED.compareAndSet(this, false, true);
  }

  int drain() {
    if (weakness != Weakness.LATE_BEGIN) {
      QUEUED.setVolatile(this, false);
    }
    int drained = drainMarked();
    if (weakness == Weakness.LATE_BEGIN) {
      QUEUED.setVolatile(this, false);
    }
    return drained;
  }

  private int drainMarked() {
    int drained = 0;
    synchronized (marks) {
      if ((byte) MARK.getAndSet(marks, 0, (byte) 0) != 0) {
        for (int index = 0; index < links.length; index++) {
          if (links[index] == REMOTE) {
            push(index);
            drained++;
          }
        }
      }
    }
    return drained;
  }

  void free(int index) {
    if (links[index] == LIVE) {
      push(index);
    }
  }

  private void push(int index) {
    links[index] = (short) head;
    head = index;
  }

  int waiting() {
    int waiting = 0;
    for (short link : links) {
      waiting += link == REMOTE ? 1 : 0;
    }
    return waiting;
  }

  /** Free blocks, or -1 if the stack is broken. */
  int countFree() {
    int free = 0;
    for (int index = head; index >= 0; index = links[index]) {
      if (links[index] < END || ++free > links.length) {
        return -1;
      }
    }
    return free;
  }
}
