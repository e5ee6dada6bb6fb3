package io.hakmem.engine;

import io.hakmem.compose.Parts;
import io.hakmem.heap.FreePath;
import io.hakmem.thread.HeapTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of an allocator, in the order that other threads can live with. Any thread. */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Parts parts;
  private final Refusals refusals;
  private final HeapTable heaps;
  private final FreePath frees;
  private final Tracking tracking;

  Closing(Parts parts, Refusals refusals, HeapTable heaps, FreePath frees, Tracking tracking) {
    this.parts = parts;
    this.refusals = refusals;
    this.heaps = heaps;
    this.frees = frees;
    this.tracking = tracking;
  }

  /** See {@link Engine#close}. */
  synchronized void close() {
    try {
      if (!refusals.isClosed()) {
        tracking.close();
      }
    } finally { // What cannot say what is left must not keep it.
      refusals.close();
      heaps.close();
      frees.close();
      parts.supply().close(this::isPinned);
    }
  }

  /** See {@link Engine#closeUnpinned}. */
  synchronized void closeUnpinned() {
    if (refusals.isClosed()) {
      try {
        parts.supply().close(this::isPinned);
      } catch (Throwable refused) { // The arena that ends has ended, whatever its memory does.
        LOG.debug("not all of a closed allocator is given back: {}", refused.toString());
      }
    }
  }

  private boolean isPinned(long address) {
    return parts.directory().lookup(address).isPinned();
  }
}
