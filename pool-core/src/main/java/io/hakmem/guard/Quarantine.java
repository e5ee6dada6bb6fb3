package io.hakmem.guard;

import org.jspecify.annotations.Nullable;

/**
 * Freed blocks that are not handed out yet, the oldest first. Any thread.
 *
 * <p>No operation makes an object, so none throws in the middle.
 */
final class Quarantine {

  private final long mostBytes;
  private @Nullable KnownBlock oldest;
  private @Nullable KnownBlock youngest;
  private long bytes;

  Quarantine(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The most bytes that wait. */
  long mostBytes() {
    return mostBytes;
  }

  /** Takes a block in, behind all others. */
  synchronized void add(KnownBlock block) {
    block.younger = null;
    if (youngest == null) {
      oldest = block;
    } else {
      youngest.younger = block;
    }
    youngest = block;
    bytes += block.blockBytes;
  }

  /** Lets the oldest block leave if more than so many bytes wait; else null. */
  synchronized @Nullable KnownBlock takeOldest(long left) {
    KnownBlock leaving = oldest;
    if (leaving == null || bytes <= left) {
      return null;
    }
    oldest = leaving.younger;
    if (oldest == null) {
      youngest = null;
    }
    leaving.younger = null;
    bytes -= leaving.blockBytes;
    return leaving;
  }

  synchronized long bytes() {
    return bytes;
  }
}
