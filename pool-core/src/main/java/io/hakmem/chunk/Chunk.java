package io.hakmem.chunk;

import org.jspecify.annotations.Nullable;

/**
 * Memory that an arena carves its segments from. No call reaches it by its address.
 *
 * <p>Fields that change are public: they are written where a call might find no room on the stack.
 */
public final class Chunk {

  /** Address of the first byte, a multiple of {@link Slab#GRANULE_BYTES}. */
  public final long start;

  /** Address behind the last byte. */
  public final long end;

  /** The chunk that the arena took before. */
  public @Nullable Chunk older;

  /**
   * Whether an arena has the chunk. Plain: for the chunk of a desk the owner's thread writes it and
   * then asks the gate of the arenas, whose close reads it after the gate has closed.
   */
  public boolean lent = true;

  /** Where it lies; null once it is given back. Guarded by the stripe. */
  @Nullable Slab slab;

  final Stripe stripe;

  Chunk(Slab slab, long start, long bytes) {
    this.slab = slab;
    this.stripe = slab.stripe;
    this.start = start;
    this.end = start + bytes;
  }

  /** Length. */
  public long bytes() {
    return end - start;
  }
}
