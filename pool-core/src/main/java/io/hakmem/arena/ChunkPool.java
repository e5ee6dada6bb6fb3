package io.hakmem.arena;

import io.hakmem.AllocatorClosedException;
import io.hakmem.engine.Engine;
import io.hakmem.heap.Page;

/** Takes chunks from the pool and gives them back. Any thread. */
final class ChunkPool {

  private final Engine engine;

  ChunkPool(Engine engine) {
    this.engine = engine;
  }

  /**
   * A chunk with room for so many bytes behind its margin.
   *
   * @throws io.hakmem.OutOfNativeMemoryException if the limit or the system refuses
   * @throws AllocatorClosedException after the allocator's close
   */
  Chunk take(long bytes) {
    long asked = bytes + Chunk.MARGIN_BYTES;
    try {
      long block = engine.heaps().current().allocate(asked < 0 ? Long.MAX_VALUE : asked);
      return pinned(block, engine.usableBytes(block));
    } catch (IllegalStateException brokenOff) {
      throw engine.isClosed() ? closed() : brokenOff;
    }
  }

  private Chunk pinned(long block, long bytes) {
    Page page = engine.requireLive(block);
    page.pin();
    if (engine.isClosed()) {
      unpin(page);
      throw closed();
    }
    return new Chunk(block, bytes, page);
  }

  private static AllocatorClosedException closed() {
    return new AllocatorClosedException("arena refused: the allocator is closed");
  }

  /** Gives back a chunk that nobody can use any more. */
  void giveBack(Chunk chunk) {
    try {
      engine.frees().free(chunk.block);
    } catch (AllocatorClosedException | IllegalStateException refused) {
      if (!engine.isClosed()) {
        throw refused;
      }
      // The block went with its allocator; the page goes now.
    } finally {
      unpin(chunk.page);
    }
  }

  void unpin(Page page) {
    page.unpin();
    if (engine.isClosed()) {
      engine.closeUnpinned();
    }
  }
}
