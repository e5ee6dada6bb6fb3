package io.hakmem.arena;

import io.hakmem.heap.Page;
import org.jspecify.annotations.Nullable;

/**
 * A live block of the pool that an arena carves its segments from, in a page that is pinned.
 *
 * <pre>
 *   block                                      block + usable bytes
 *   | margin | segment | gap | segment | rest  |
 *            ^ start                           ^ end
 * </pre>
 *
 * <p>No segment begins where the block does, so that a free of a segment's address is refused.
 */
final class Chunk {

  /** Bytes in front of the first segment; keeps the alignment that blocks have. */
  static final long MARGIN_BYTES = 16;

  final long block;
  final long end;
  final Page page;

  /** The chunk that the arena took before. */
  @Nullable Chunk older;

  /**
   * Whether an arena has the chunk of a desk. Plain: the owner's thread writes it and then asks the
   * gate, and {@link Arenas#close} reads it after the gate has closed.
   */
  boolean lent;

  /** Guarded by the monitor of {@link Arenas}: whether the pin of a desk's chunk is still there. */
  boolean pinned = true;

  Chunk(long block, long bytes, Page page) {
    this.block = block;
    this.end = block + bytes;
    this.page = page;
  }

  long start() {
    return block + MARGIN_BYTES;
  }
}
