package io.hakmem.engine;

import io.hakmem.HakmemException;
import io.hakmem.compose.Parts;
import io.hakmem.guard.Guard;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.PageDirectory;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and writes what is in blocks. */
public final class Contents {

  private final PageDirectory directory;
  private final Refusals refusals;

  /** With a guard, callers may use what they asked for of a block, and nothing behind it. */
  private final @Nullable Guard guard;

  private final FreePath frees;

  private final Clearing clearing;

  Contents(Parts parts, Refusals refusals, FreePath frees, @Nullable Guard guard) {
    this.clearing = new Clearing(guard == null && parts.isMemoryOfSystem());
    this.frees = frees;
    this.directory = parts.directory();
    this.refusals = refusals;
    this.guard = guard;
  }

  /** Bytes of a live block that its caller may use. */
  public long usableBytes(long address) {
    Page page = refusals.requireLive(address);
    return guard == null ? page.blockBytes() : guard.bytes(address);
  }

  /** Whether a live block begins at the address. */
  public boolean isLive(long address) {
    return refusals.isLive(address);
  }

  /** The bytes of a live block that its caller may use. */
  public MemorySegment usable(long address) {
    return whole(address).asSlice(0, usableBytes(address));
  }

  /** All bytes of a live block. */
  MemorySegment whole(long address) {
    Page page = refusals.requireLive(address);
    return page.memory().asSlice(address - page.base(), page.blockBytes());
  }

  /** Fills a live block with zeros, from one byte on to another or to the end of what is usable. */
  public void zeroSlow(long address, long from, long to) {
    zero(directory.lookup(address), address, from, to);
  }

  private void zero(Page page, long address, long from, long to) {
    try {
      long end = guard == null ? to : Math.min(to, guard.bytes(address));
      Clearing.clear(page, address, from, end);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  /** The same of a block that was handed out in this call: the system's zeros stay untouched. */
  public void zeroNewSlow(long address, long from, long to) {
    Page page = directory.lookup(address);
    if (!page.isZero(address)) {
      zero(page, address, from, to);
    }
  }

  /** Whether the bytes that were asked for are known, so that each change of them is a move. */
  public boolean isGuarded() {
    return guard != null;
  }

  /** A block of another size in the place of a live one, with full checks. */
  public long reallocateGuarded(long address, long bytes, long clearedBytes) {
    try {
      return Objects.requireNonNull(guard).reallocate(address, bytes, clearedBytes);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  /** Whether {@link #clearOwn} may clear what the heap hands out at once. */
  public boolean clearsAtOnce(LocalHeap heap) {
    return clearing.isNative() && heap.undone == 0;
  }

  /** Clears the first bytes of a block that a bin of the heap has just handed out to its thread. */
  public void clearOwn(LocalHeap heap, long address, long bytes) {
    if (!Clearing.clearOwn(heap, address, bytes)) {
      zeroSlow(address, 0, bytes);
    }
  }

  /** See {@link #undo}, for who is at a hit. */
  public void undoSlow(LocalHeap heap, long address) {
    undo(heap, address);
  }

  /** A block with so many leading bytes cleared, as far as it has them; it throws alike. */
  public long clearedSlow(LocalHeap heap, long bytes, long leadingBytes) {
    Engine.requireSize(bytes);
    boolean isOwn = requireUndo(heap);
    long address = heap.allocate(bytes);
    try {
      zeroNewSlow(address, 0, leadingBytes);
    } catch (Throwable thrown) {
      heap.undone = isOwn ? address : 0;
      undo(heap, address);
      throw thrown;
    }
    return address;
  }

  /** Clears so many leading bytes of a new block; if that throws, the block is taken back. */
  void clearNew(LocalHeap heap, long address, long leadingBytes) {
    try {
      zeroNewSlow(address, 0, leadingBytes);
    } catch (Throwable thrown) {
      undo(heap, address);
      throw thrown;
    }
  }

  /**
   * To be called before a block is allocated that a later step of the call may have to take back:
   * then the heap of a thread has a place for it, and on any other the stack has the room. Returns
   * whether it is a thread's: then the block is written down there before {@link #undo} is called.
   *
   * @throws StackOverflowError if there is none; nothing changed then
   */
  public boolean requireUndo(LocalHeap heap) {
    if (heap.thread() == null) {
      StackRoom.requireForSystemCall();
      return false;
    }
    if (heap.undone != 0) {
      discardUndone(heap);
    }
    return true;
  }

  /**
   * Takes back a block that no caller gets: at once or, where that throws, when the heap's thread
   * allocates again, trims or has ended. After {@link #requireUndo}, with room for this call.
   */
  public void undo(LocalHeap heap, long address) {
    if (heap.thread() != null) {
      heap.undone = address;
      discardUndone(heap);
    } else {
      discardAtOnce(address);
    }
  }

  /** Nobody remembers the block: so what refuses an ordinary free leaves it to the page's owner. */
  private void discardAtOnce(long address) {
    try {
      discard(address);
    } catch (Throwable refused) {
      Page page = directory.lookup(address);
      if (guard != null || !page.claimRemote(address)) {
        throw refused;
      }
      page.handler().freeRemote(page, address);
    }
  }

  /** Takes back what {@link #undo} left; the heap's thread, or any when that has ended. */
  void discardUndone(LocalHeap heap) {
    if (heap.undone != 0) {
      discard(heap.undone);
      heap.undone = 0;
    }
  }

  /** Takes back a block that no caller gets, since a later step of its call threw. */
  public void discard(long address) {
    try {
      if (guard == null) {
        frees.free(address);
      } else {
        guard.discard(address);
      }
    } catch (HakmemException gone) {
      // With the allocator, or by a caller that guessed its address.
    }
  }

  /** Copies the first bytes of a live block to another. */
  public void copy(Page source, long from, long to, long bytes) {
    Page target = refusals.requireLive(to);
    try {
      MemorySegment.copy(
          source.memory(), from - source.base(), target.memory(), to - target.base(), bytes);
    } catch (IllegalStateException gone) {
      throw refusals.isClosed()
          ? refusals.closedMeanwhile(gone)
          : refusals.alreadyFree(source, from); // By another thread, in this moment.
    }
  }
}
