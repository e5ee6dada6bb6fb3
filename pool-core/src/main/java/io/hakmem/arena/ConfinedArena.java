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

  /** What ends the close is a write: a call may find no room on the stack. */
  @Override
  public void close() {
    requireOwner();
    if (!enter()) {
      return;
    }
    int outer = closing - 1;
    try {
      delegate().close();
    } catch (Throwable thrown) {
      closing = outer;
      settle();
      throw thrown;
    }
    closing = outer;
    settle();
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
        "this arena belongs to thread "
            + thread.getName()
            + ", not to "
            + Thread.currentThread().getName());
  }
}
