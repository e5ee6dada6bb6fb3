package io.hakmem.arena;

import io.hakmem.AllocatorClosedException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.chunk.ArenaPages;
import io.hakmem.chunk.Chunk;
import io.hakmem.engine.Engine;

/** Takes chunks and gives them back, whether the allocator is open or closed. Any thread. */
final class ChunkPool {

  private final Engine engine;
  private final ArenaPages pages;
  private final String allocator;

  ChunkPool(Engine engine, ArenaPages pages, String allocator) {
    this.engine = engine;
    this.pages = pages;
    this.allocator = allocator;
  }

  /**
   * A chunk of at least so many bytes.
   *
   * @param askedBytes what the caller asked for, for the message
   * @param alignment likewise
   * @throws OutOfNativeMemoryException if the limit or the system refuses
   * @throws AllocatorClosedException after the allocator's close
   */
  Chunk take(long bytes, long askedBytes, long alignment) {
    requireOutsideSource();
    if (engine.isClosed()) {
      throw closed();
    }
    Chunk chunk = takeOpen(bytes, askedBytes, alignment);
    if (engine.isClosed()) {
      giveBack(chunk);
      throw closed();
    }
    return chunk;
  }

  /** Refuses a call that the page source makes; before anything is done. */
  void requireOutsideSource() {
    engine.requireOutsideSource();
  }

  private Chunk takeOpen(long bytes, long askedBytes, long alignment) {
    try {
      return takeOrReclaim(bytes);
    } catch (OutOfNativeMemoryException refused) {
      throw new OutOfNativeMemoryException(
          askedBytes, refused, "alignment " + alignment + ", by an arena of " + allocator);
    } catch (IllegalStateException brokenOff) {
      throw engine.isClosed() ? closed() : brokenOff;
    }
  }

  /** What no caller has is taken back from all heaps before the arena is refused. */
  private Chunk takeOrReclaim(long bytes) {
    try {
      return pages.take(bytes);
    } catch (OutOfNativeMemoryException refused) {
      engine.reclaim();
    }
    return pages.take(bytes);
  }

  AllocatorClosedException closed() {
    return new AllocatorClosedException("arena refused: " + allocator + " is closed");
  }

  /** Gives back a chunk that nobody can use any more; can be repeated and continued. */
  void giveBack(Chunk chunk) {
    pages.giveBack(chunk);
    if (engine.isClosed()) {
      engine.closeUnpinned();
    }
  }

  /** Gives back the pages without a chunk. */
  void trim() {
    pages.trim();
  }
}
