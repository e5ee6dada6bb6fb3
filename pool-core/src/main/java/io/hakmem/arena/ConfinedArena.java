package io.hakmem.arena;

import io.hakmem.chunk.Chunk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** For the thread that made it. */
final class ConfinedArena extends PoolArena {

  private final Arenas arenas;
  private final Thread thread = Thread.currentThread();
  private final @Nullable Chunk ofDesk;
  private boolean takenBack;

  /**
   * A new arena.
   *
   * @param delegate closed with this arena
   * @param ofDesk the chunk of the thread's desk, if the arena has it
   */
  ConfinedArena(Arenas arenas, ChunkPool pool, Arena delegate, @Nullable Chunk ofDesk) {
    super(pool, delegate, ofDesk);
    this.arenas = arenas;
    this.ofDesk = ofDesk;
  }

  @Override
  MemorySegment zeroed(long bytes, long alignment) {
    requireOwner();
    return carveZeroed(bytes, alignment);
  }

  @Override
  MemorySegment unfilled(long bytes, long alignment) {
    requireOwner();
    return carve(bytes, alignment);
  }

  @Override
  public void close() {
    requireOwner();
    endOwn();
  }

  @Override
  void giveBack(Chunk chunk) {
    if (chunk == ofDesk) {
      if (!takenBack) {
        chunk.lent = false;
        takenBack = true;
      }
      arenas.pass(chunk);
    } else {
      super.giveBack(chunk);
    }
  }

  private void requireOwner() {
    if (thread != Thread.currentThread()) {
      refuseSlow();
    }
  }

  private void refuseSlow() {
    throw new WrongThreadException(
        "this arena belongs to thread %s, not to %s"
            .formatted(thread.getName(), Thread.currentThread().getName()));
  }
}
