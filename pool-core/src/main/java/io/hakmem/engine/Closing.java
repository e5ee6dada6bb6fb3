package io.hakmem.engine;

import io.hakmem.compose.Parts;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.LocalHeap;
import io.hakmem.log.Logs;
import io.hakmem.thread.HeapTable;
import java.lang.foreign.Arena;
import java.util.List;
import org.slf4j.Logger;

/** The end of an allocator, in the order that other threads can live with. Any thread. */
final class Closing {

  private static final Logger LOG = Logs.of(Closing.class);

  private final Parts parts;
  private final Refusals refusals;
  private final HeapTable heaps;
  private final FreePath frees;
  private final Tracking tracking;

  /** Closed heaps whose threads may be writing yet. Guarded by this. */
  private List<LocalHeap> writing = List.of();

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
      frees.close();
      closeHeaps();
      awaitWriting();
      parts.supply().close(this::isPinned);
    }
  }

  private void closeHeaps() {
    List<LocalHeap> closed = heaps.close();
    if (!closed.isEmpty()) { // Else an earlier close, which was broken off, knows them.
      writing = closed;
    }
  }

  /**
   * Waits for threads that clear a block of theirs by a native call, which nothing else would keep
   * from memory that is gone. The end of a shared arena stops every thread for a moment: one that
   * begins after that sees that its heap is closed, and of any other it is seen that it writes.
   */
  @SuppressWarnings("MustBeClosedChecker") // It is, at once.
  private void awaitWriting() {
    if (parts.isMemoryOfSystem() && !writing.isEmpty()) {
      Arena.ofShared().close();
      for (LocalHeap heap : writing) {
        heap.access().awaitWritten();
      }
      writing = List.of();
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
