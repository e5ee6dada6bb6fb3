package io.hakmem.engine;

import io.hakmem.compose.ComposedBox;
import io.hakmem.compose.Parts;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.BlockFinder;
import io.hakmem.spi.FreeListener;
import java.util.ArrayList;
import java.util.List;

/** Frees that are no hits: of other threads' blocks, of blocks that boxes ask for, and bad ones. */
final class SlowFrees {

  private final Refusals refusals;
  private final List<Named<BlockFinder>> finders;
  private final List<Named<FreeListener>> listeners;

  /** A box in a role that few boxes have. */
  private record Named<T>(String box, T role) {}

  /** The roles of the boxes are looked for once, here. */
  SlowFrees(List<ComposedBox> boxes, Refusals refusals) {
    this.refusals = refusals;
    this.finders = those(boxes, BlockFinder.class);
    this.listeners = those(boxes, FreeListener.class);
  }

  /**
   * Lets frees of other threads' blocks end before they come here, unless somebody asks for each of
   * them: a box, a sampler, or a page source that may call the allocator.
   */
  void shorten(FreePath frees, Parts parts, Tracking tracking, Purge purge) {
    boolean isAsked = tracking.asksForFrees() || !finders.isEmpty() || !listeners.isEmpty();
    if (!isAsked && parts.isMemoryOfSystem()) {
      frees.takeRemotesAtOnce(purge.noticed());
    }
  }

  private static <T> List<Named<T>> those(List<ComposedBox> boxes, Class<T> role) {
    List<Named<T>> found = new ArrayList<>();
    for (ComposedBox box : boxes) {
      if (role.isInstance(box.box())) {
        found.add(new Named<>(box.name(), role.cast(box.box())));
      }
    }
    return List.copyOf(found);
  }

  /**
   * Takes the block back, or refuses the address; the heap's thread, or any for that of nobody.
   * Returns the address.
   */
  long free(LocalHeap heap, long address) {
    if (isFound(heap, address)) {
      return address;
    }
    Page page = heap.lookup(address);
    tell(heap, page, address);
    if (page.owner() == heap) {
      refusals.requireLive(page, address);
      freeOwn(heap, page, address);
    } else {
      freeRemote(page, address);
    }
    return address;
  }

  private boolean isFound(LocalHeap heap, long address) {
    for (Named<BlockFinder> finder : finders) {
      try {
        if (finder.role().freeUnlooked(heap, address)) {
          return true;
        }
      } catch (Throwable thrown) {
        throw failed(finder.box(), "freeUnlooked", address, thrown);
      }
    }
    return false;
  }

  private void tell(LocalHeap heap, Page page, long address) {
    for (Named<FreeListener> listener : listeners) {
      try {
        listener.role().missedFree(heap, page, address);
      } catch (Throwable thrown) {
        throw failed(listener.box(), "missedFree", address, thrown);
      }
    }
  }

  private void freeOwn(LocalHeap heap, Page page, long address) {
    PageHandler handler = page.handler();
    try {
      handler.free(heap, page, address);
    } catch (Throwable thrown) {
      throw failed(handler.name(), "free", address, thrown);
    }
  }

  /** Room on the stack is asked for only where the page is to be queued. */
  private void freeRemote(Page page, long address) {
    boolean waited = page.isQueued();
    if (!waited) {
      StackRoom.require();
    }
    if (!page.claimRemote(address)) {
      refusals.requireLive(page, address);
      throw refusals.alreadyFree(page, address);
    }
    try {
      if (!waited || !page.isQueued()) {
        bring(page, address, waited);
      }
    } catch (VirtualMachineError noRoom) {
      if (!waited) {
        throw noRoom;
      }
    }
  }

  /**
   * Hands a claimed block to the page's handler. What is thrown makes the block live again, unless
   * its owner has taken it back, or the page was queued as the block was claimed and there is no
   * room: then a flush of the owner's heap finds the claim, if nothing does before.
   */
  void bring(Page page, long address, boolean waited) {
    PageHandler handler = page.handler();
    try {
      if (waited) {
        StackRoom.require(); // Else a page could be claimed for an inbox, and never get there.
      }
      handler.freeRemote(page, address);
    } catch (Throwable thrown) {
      if (!(waited && thrown instanceof VirtualMachineError) && page.unclaimRemote(address)) {
        throw failed(handler.name(), "freeRemote", address, thrown);
      }
    }
  }

  private RuntimeException failed(String box, String call, long address, Throwable thrown) {
    return refusals.failed(box, call + "() of 0x" + Long.toHexString(address), thrown);
  }
}
