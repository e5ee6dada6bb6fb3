package io.hakmem.heap;

import org.jspecify.annotations.Nullable;

/** The inbox of a heap without its monitor, or with a look at the close outside of it. */
final class WeakInbox {

  private volatile @Nullable Page first;
  private volatile boolean closed;

  void queue(Page page) {
    page.nextQueued(first);
    first = page;
  }

  @Nullable Page take() {
    Page taken = first;
    first = null;
    return taken;
  }

  boolean queueUnlessClosed(Page page) {
    if (closed) {
      return false;
    }
    synchronized (this) {
      queue(page);
    }
    return true;
  }

  synchronized @Nullable Page close() {
    closed = true;
    return take();
  }
}
