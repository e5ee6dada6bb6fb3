package io.hakmem.heap;

import org.jspecify.annotations.Nullable;

/** The inbox of a heap without its monitor, or with a look at the owner outside of it. */
final class WeakInbox {

  private volatile @Nullable Page first;

  void queue(Page page) {
    page.nextQueued(first);
    first = page;
  }

  @Nullable Page take() {
    Page taken = first;
    first = null;
    return taken;
  }

  boolean queueOfOwner(Page page, LocalHeap owner) {
    if (page.ownerVolatile() != owner) {
      return false;
    }
    synchronized (this) {
      queue(page);
    }
    return true;
  }

  synchronized @Nullable Page takeGuarded() {
    return take();
  }
}
