package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Pages of one heap in which other threads freed blocks. Any thread may call it. */
public final class Inbox {

  private static final VarHandle FIRST;

  static {
    try {
      FIRST = MethodHandles.lookup().findVarHandle(Inbox.class, "first", Page.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final LocalHeap owner;
  private @Nullable Page first;

  Inbox(LocalHeap owner) {
    this.owner = owner;
  }

  /**
   * Adds a page with remote frees; the caller pushed the first of them. The owner is looked at
   * under the monitor: whoever takes a page over from a heap whose thread has ended changes the
   * owner first and looks into the inbox then, so that it finds the page, or this call finds the
   * new owner.
   *
   * @return false if the page has another owner by now
   */
  public synchronized boolean add(Page page) {
    if (page.ownerVolatile() != owner) {
      return false;
    }
    page.nextQueued(first);
    FIRST.setVolatile(this, page);
    return true;
  }

  /** Whether pages wait; pairs with the volatile write in {@link #add}. */
  public boolean hasPages() {
    return FIRST.getOpaque(this) != null;
  }

  /** Takes all waiting pages. */
  public synchronized @Nullable Page takeAll() {
    Page taken = first;
    first = null;
    return taken;
  }

  /** Puts pages back that {@link #takeAll} took, the first of them or null if none is left. */
  public synchronized void putBack(@Nullable Page taken) {
    Page page = taken;
    while (page != null) {
      Page next = page.nextQueued();
      page.nextQueued(first);
      first = page;
      page = next;
    }
  }

  /**
   * Takes one waiting page of a handler, or null. Those of others stay: each box takes the pages of
   * a heap over by itself whose thread has ended, at another time and on any thread.
   */
  @SuppressWarnings("ReferenceEquality") // A box of a third party may override equals.
  public synchronized @Nullable Page take(PageHandler handler) {
    Page before = null;
    for (Page page = first; page != null; page = page.nextQueued()) {
      if (page.handler() == handler) {
        if (before == null) {
          first = page.nextQueued();
        } else {
          before.nextQueued(page.nextQueued());
        }
        return page;
      }
      before = page;
    }
    return null;
  }
}
