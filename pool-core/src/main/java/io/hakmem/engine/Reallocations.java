package io.hakmem.engine;

import io.hakmem.InvalidFreeException;
import io.hakmem.compose.Parts;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.thread.HeapTable;

/** Changes the size of live blocks. Any thread; the block is the caller's. */
public final class Reallocations {

  /** A large block that has to move gets an eighth more, so that it does not move at each step. */
  private static final int SPARE_SHIFT = 3;

  private final HeapTable heaps;
  private final Contents contents;
  private final Refusals refusals;
  private final FreePath frees;
  private final LargeBlocks large;
  private final Parts parts;
  private final long zeroedBytes;

  Reallocations(
      HeapTable heaps,
      Contents contents,
      Refusals refusals,
      FreePath frees,
      LargeBlocks large,
      Parts parts) {
    this.heaps = heaps;
    this.contents = contents;
    this.refusals = refusals;
    this.frees = frees;
    this.large = large;
    this.parts = parts;
    this.zeroedBytes = parts.zeroedBytes();
  }

  /** See {@link io.hakmem.HakAllocator#reallocate}. */
  public long reallocate(long address, long bytes) {
    parts.requireOutsideSource();
    Page page = refusals.requireLive(address);
    if (contents.isGuarded()) {
      return contents.reallocateGuarded(address, bytes, zeroedBytes);
    }
    long usable = page.blockBytes();
    if (bytes <= usable && bytes > usable / 2) {
      return address;
    }
    if (large.isOwn(page) && large.isLarge(bytes)) {
      if (isResized(page, bytes)) {
        return address;
      }
      return move(page, address, Math.min(usable, bytes), bytes + (bytes >> SPARE_SHIFT));
    }
    return move(page, address, Math.min(usable, bytes), bytes);
  }

  /** What lies behind the old contents is cleared, or the block has its old length again. */
  private boolean isResized(Page page, long bytes) {
    long before = page.blockBytes();
    LargeBlocks.Resized resized = large.resize(page, bytes);
    if (resized == LargeBlocks.Resized.DIRTY && before < zeroedBytes) {
      try {
        contents.zeroSlow(page.base(), before, zeroedBytes);
      } catch (Throwable brokenOff) {
        large.resize(page, before);
        throw brokenOff;
      }
    }
    return resized != LargeBlocks.Resized.NO;
  }

  /**
   * Needs no room on the stack where the heap is a thread's: what throws leaves the new block in
   * the heap's {@code undone}, which no call is needed for. A free that is broken off after its
   * first change had room for more than the question whether the old block lives.
   */
  private long move(Page page, long address, long copied, long bytes) {
    LocalHeap heap = heaps.current();
    boolean isOwn = contents.requireUndo(heap);
    long moved = heap.allocate(bytes);
    try {
      contents.copy(page, address, moved, copied);
      if (copied < zeroedBytes) {
        contents.zeroNewSlow(moved, copied, zeroedBytes);
      }
      frees.free(address);
    } catch (Throwable thrown) {
      heap.undone = isOwn ? moved : 0; // No call yet: it may find no room.
      if (thrown instanceof InvalidFreeException || contents.isLive(address)) {
        contents.undo(heap, moved);
        throw thrown;
      }
      heap.undone = 0; // The old block is gone although its free threw.
      refusals.requireOpen(bytes);
    }
    return moved;
  }
}
