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

  ChunkPool(Engine engine, ArenaPages pages) {
    this.engine = engine;
    this.pages = pages;
  }

  /**
   * A chunk of at least so many bytes.
   *
   * @throws OutOfNativeMemoryException if the limit or the system refuses
   * @throws AllocatorClosedException after the allocator's close
   */
  Chunk take(long bytes) {
    requireOutsideSource();
    if (engine.isClosed()) {
      throw closed();
    }
    Chunk chunk = takeOpen(bytes);
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

  private Chunk takeOpen(long bytes) {
    try {
      return takeOrReclaim(bytes);
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

  static AllocatorClosedException closed() {
    return new AllocatorClosedException("arena refused: the allocator is closed");
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
