package io.hakmem.chunk;

import org.jspecify.annotations.Nullable;

/**
 * Slabs that some threads share. Its monitor guards them, and is held for some stores and never
 * while memory is asked for or given back.
 *
 * <p>Slabs with room stand in front of those without.
 */
final class Stripe {

  /** Slabs with room that are tried before a new page is taken. */
  private static final int MOST_TRIED = 8;

  private final Slab ring = Slab.ring(this);

  /** An empty slab that stays for the next chunk; in the ring. */
  private @Nullable Slab kept;

  /** Slabs that are to go back to the supply; not in the ring. */
  private @Nullable Slab leaving;

  private long allocations;
  private long frees;

  /** Null if no slab that was tried has the room. */
  synchronized @Nullable Chunk take(int granules) {
    Slab slab = ring.after;
    for (int tried = 0; tried < MOST_TRIED && !slab.isFull(); tried++) {
      int first = slab.firstFit(granules);
      if (first < Long.SIZE) {
        return take(slab, first, granules);
      }
      slab = slab.after;
    }
    return null;
  }

  private Chunk take(Slab slab, int first, int granules) {
    Chunk chunk = slab.take(first, granules);
    allocations++;
    if (slab == kept) {
      kept = null;
    }
    if (slab.isFull()) {
      unlink(slab);
      link(slab, ring.before);
    }
    return chunk;
  }

  /** Adds a slab of which all is free and makes the first chunk of it. */
  synchronized Chunk add(Slab slab, int granules) {
    Chunk chunk = slab.isCut() ? slab.take(0, granules) : slab.takeWhole();
    allocations++;
    link(slab, slab.isFull() ? ring.before : ring);
    return chunk;
  }

  /** Takes a chunk back; nothing happens if it is back already. */
  synchronized void giveBack(Chunk chunk) {
    Slab slab = chunk.slab;
    if (slab == null) {
      return;
    }
    boolean wasFull = slab.isFull();
    boolean isEmpty = slab.giveBack(chunk);
    frees++;
    if (isEmpty && (kept != null || !slab.isCut())) {
      unlink(slab);
      leave(slab);
      return;
    }
    if (isEmpty) {
      kept = slab;
    }
    if (wasFull) {
      unlink(slab);
      link(slab, ring);
    }
  }

  /** Lets the slab that is kept go, too. */
  synchronized void letGo() {
    Slab slab = kept;
    if (slab != null) {
      kept = null;
      unlink(slab);
      leave(slab);
    }
  }

  /** A slab that is to go back to the supply, which the caller sees to, or returns. */
  synchronized @Nullable Slab pollLeaving() {
    Slab slab = leaving;
    if (slab != null) {
      leaving = slab.nextLeaving;
    }
    return slab;
  }

  /** Keeps a slab that could not go, for another time. */
  synchronized void leave(Slab slab) {
    slab.nextLeaving = leaving;
    leaving = slab;
  }

  private static void link(Slab slab, Slab behind) {
    slab.before = behind;
    slab.after = behind.after;
    behind.after.before = slab;
    behind.after = slab;
  }

  private static void unlink(Slab slab) {
    slab.before.after = slab.after;
    slab.after.before = slab.before;
    slab.before = slab;
    slab.after = slab;
  }

  /** What it holds and did. */
  synchronized ArenaPages.Figures figures() {
    long pages = 0;
    long live = 0;
    long bytes = 0;
    for (Slab slab = ring.after; slab != ring; slab = slab.after) {
      pages++;
      live += slab.chunkBytes(true);
      bytes += slab.page.bytes();
    }
    return new ArenaPages.Figures(pages, live, bytes - live, allocations, frees);
  }

  /** Fails at the first slab that is not as it should be. */
  synchronized void checkInvariants() {
    boolean full = false;
    for (Slab slab = ring.after; slab != ring; slab = slab.after) {
      slab.checkInvariants();
      if ((full && !slab.isFull()) || slab.isEmpty() != (slab == kept)) {
        throw new IllegalStateException(
            "page 0x" + Long.toHexString(slab.page.base()) + " of arenas is at the wrong place");
      }
      full = slab.isFull();
    }
  }
}
