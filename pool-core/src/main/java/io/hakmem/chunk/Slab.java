package io.hakmem.chunk;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * A page that is cut into chunks, or a run of pages that is one. For its directory it is one block
 * which is held, so each call that is handed an address of it refuses the address.
 *
 * <p>Invariant: a bit of {@code free} is set if and only if no chunk covers its granule; a run of
 * one chunk has none set. The page is pinned exactly while there is a chunk. The stripe guards all
 * of it.
 */
final class Slab {

  /** Chunks are multiples of this. */
  static final long GRANULE_BYTES = PageKey.PAGE_BYTES / Long.SIZE;

  private static final long ALL = -1;

  final Stripe stripe;
  final Page page;

  /** By the first granule of each. */
  final @Nullable Chunk[] chunks;

  /** A bit for each granule. */
  private long free;

  /** The ring of the stripe. */
  Slab before = this;

  Slab after = this;

  /** The slab behind this one of those that are to leave. */
  @Nullable Slab nextLeaving;

  private Slab(Stripe stripe, Page page, @Nullable Chunk[] chunks, long free) {
    this.stripe = stripe;
    this.page = page;
    this.chunks = chunks;
    this.free = free;
  }

  /** The ring of no slabs. */
  static Slab ring(Stripe stripe) {
    return new Slab(stripe, Page.NONE, new Chunk[0], 0);
  }

  /** A page without a chunk. */
  static Slab cut(Stripe stripe, Page page) {
    return new Slab(stripe, page, new Chunk[Long.SIZE], ALL);
  }

  /** A run that will be one chunk. */
  static Slab whole(Stripe stripe, Page page) {
    return new Slab(stripe, page, new Chunk[1], 0);
  }

  boolean isCut() {
    return chunks.length == Long.SIZE;
  }

  boolean isFull() {
    return free == 0;
  }

  boolean isEmpty() {
    return free == ALL;
  }

  /** The lowest of so many free granules side by side; {@code Long.SIZE} if there are none. */
  int firstFit(int granules) {
    long fits = free;
    int left = granules - 1;
    for (int known = 1; left > 0; known *= 2) {
      int more = Math.min(known, left);
      fits &= fits >>> more;
      left -= more;
    }
    return Long.numberOfTrailingZeros(fits);
  }

  /** The chunk over granules that are free; the object is made before anything changes. */
  Chunk take(int first, int granules) {
    Chunk chunk = new Chunk(this, page.base() + first * GRANULE_BYTES, granules * GRANULE_BYTES);
    long mask = mask(first, granules);
    if (isEmpty()) {
      page.pin();
    }
    chunks[first] = chunk;
    free &= ~mask;
    return chunk;
  }

  /** The chunk that is all of the run. */
  Chunk takeWhole() {
    Chunk chunk = new Chunk(this, page.base(), page.bytes());
    page.pin();
    chunks[0] = chunk;
    return chunk;
  }

  /** Takes a chunk back; true if no other is left. */
  boolean giveBack(Chunk chunk) {
    int first = isCut() ? (int) ((chunk.start - page.base()) / GRANULE_BYTES) : 0;
    long now = isCut() ? free | mask(first, (int) (chunk.bytes() / GRANULE_BYTES)) : ALL;
    if (now == ALL) {
      page.unpin();
    }
    chunk.slab = null;
    chunks[first] = null;
    free = now;
    return now == ALL;
  }

  private static long mask(int first, int granules) {
    return ALL >>> (Long.SIZE - granules) << first;
  }

  /** Bytes of the chunks that arenas have, or of those that they do not. */
  long chunkBytes(boolean lent) {
    long bytes = 0;
    for (Chunk chunk : chunks) {
      if (chunk != null && chunk.lent == lent) {
        bytes += chunk.bytes();
      }
    }
    return bytes;
  }

  /** Fails unless bits, chunks and the pin agree. */
  void checkInvariants() {
    long bytes = chunkBytes(true) + chunkBytes(false);
    long freeBytes = isCut() ? Long.bitCount(free) * GRANULE_BYTES : free == 0 ? 0 : page.bytes();
    if (bytes + freeBytes != page.bytes() || page.isPinned() != (bytes > 0)) {
      throw new IllegalStateException(
          "page 0x"
              + Long.toHexString(page.base())
              + " of arenas: "
              + bytes
              + " bytes in chunks, "
              + freeBytes
              + " free, pinned "
              + page.isPinned());
    }
  }
}
