package io.hakmem.arena;

import io.hakmem.heap.StackRoom;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** For every thread: one at a time carves, and all fill what they got. */
final class SharedArena extends PoolArena {

  @SuppressWarnings("MustBeClosed") // Closed with this arena.
  SharedArena(ChunkPool pool) {
    super(pool, Arena.ofShared(), null);
  }

  @Override
  synchronized MemorySegment zeroed(long bytes, long alignment) {
    return carveZeroed(bytes, alignment);
  }

  @Override
  synchronized MemorySegment unfilled(long bytes, long alignment) {
    return carve(bytes, alignment);
  }

  /** Without the lock: a clean-up action may wait for threads that use the arena. */
  @Override
  public void close() {
    StackRoom.require();
    if (enter()) {
      try {
        delegate().close();
      } finally {
        leave();
      }
    }
  }

  @Override
  synchronized boolean enter() {
    return super.enter();
  }

  @Override
  synchronized void leave() {
    super.leave();
  }
}
