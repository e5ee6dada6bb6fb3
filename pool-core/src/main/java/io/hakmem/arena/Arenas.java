package io.hakmem.arena;

import io.hakmem.AllocatorClosedException;
import io.hakmem.chunk.ArenaPages;
import io.hakmem.chunk.Chunk;
import io.hakmem.engine.Engine;
import io.hakmem.heap.StackRoom;
import io.hakmem.memory.Lifetimes;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The arenas of one allocator. Each platform thread that makes confined arenas has a {@link Desk},
 * whose chunk goes from one arena to the next without a call of the pool.
 *
 * <p>The page of a desk's chunk stays pinned while no arena has it, so {@link #close} must know
 * which ones are lent. A thread that lends or takes back its chunk writes that plainly and then
 * passes the {@link Gate}: the close either sees what it wrote, or the thread hears of the close
 * and settles.
 */
public final class Arenas {

  /** Length of a desk's chunk. */
  private static final long DESK_BYTES = 4 << 10;

  private final ChunkPool pool;
  private final Gate gate = new Gate();

  /** Changed under this. */
  private final Desks desks = new Desks();

  /**
   * The arenas of an engine over these pages.
   *
   * @param allocator the allocator in a sentence
   */
  public Arenas(Engine engine, ArenaPages pages, String allocator) {
    this.pool = new ChunkPool(engine, pages, allocator);
  }

  /**
   * A new arena for the calling thread alone.
   *
   * @throws UnsupportedOperationException if native access is not enabled
   * @throws AllocatorClosedException after the allocator's close
   */
  public Arena confined() {
    Chunk chunk = desks.of(Thread.currentThread()).chunk;
    if (chunk == null || chunk.lent) {
      return confinedSlow(chunk);
    }
    return lent(confinedOver(chunk), chunk);
  }

  /**
   * The delegate comes first: between an object's allocation and its first stores no other object
   * may come, else the JVM compiles a collector's barrier into each store, finds the whole too big
   * to inline, and gives every arena objects of its own on the Java heap.
   */
  @SuppressWarnings("MustBeClosed") // Closed with the arena over it.
  private ConfinedArena confinedOver(@Nullable Chunk chunk) {
    Arena delegate = Arena.ofConfined();
    return new ConfinedArena(this, pool, delegate, chunk);
  }

  /**
   * Lends the chunk to the arena, which is there by then: nothing that fails can come after it.
   *
   * @throws AllocatorClosedException after the allocator's close; the arena is of no use then
   */
  private ConfinedArena lent(ConfinedArena arena, Chunk chunk) {
    chunk.lent = true;
    try {
      gate.pass();
    } catch (Throwable thrown) {
      chunk.lent = false;
      throw refusedToLend(chunk, thrown);
    }
    return arena;
  }

  private RuntimeException refusedToLend(Chunk chunk, Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    settle(chunk);
    return pool.closed();
  }

  /** The first arena of a thread, one of a virtual thread, or one inside another. */
  private Arena confinedSlow(@Nullable Chunk lent) {
    Lifetimes.requireNativeAccess("arena()");
    StackRoom.require();
    pool.requireOutsideSource();
    requireOpen();
    Chunk chunk = lent != null || Thread.currentThread().isVirtual() ? null : chunkOfOwnDesk();
    ConfinedArena arena = confinedOver(chunk);
    return chunk == null ? arena : lent(arena, chunk);
  }

  /**
   * A new arena for all threads.
   *
   * @throws UnsupportedOperationException if native access is not enabled
   * @throws AllocatorClosedException after the allocator's close
   */
  public Arena shared() {
    Lifetimes.requireNativeAccess("sharedArena()");
    StackRoom.require();
    requireOpen();
    return new SharedArena(pool);
  }

  private void requireOpen() {
    if (!gate.isOpen()) {
      throw pool.closed();
    }
  }

  /** Hears whether the allocator has closed since the chunk of a desk was taken back. */
  void pass(Chunk takenBack) {
    try {
      gate.pass();
    } catch (IllegalStateException ended) {
      settle(takenBack);
    }
  }

  /** Null if another arena of the thread has the chunk. */
  private synchronized @Nullable Chunk chunkOfOwnDesk() {
    requireOpen();
    forgetEnded();
    Desk desk = desks.own();
    Chunk chunk = desk.chunk;
    if (chunk == null) {
      chunk = pool.take(DESK_BYTES, DESK_BYTES, 1);
      chunk.lent = false;
      desk.chunk = chunk;
    }
    return chunk.lent ? null : chunk;
  }

  /** The chunk of an arena that its thread left open stays: native code may still use it. */
  private void forgetEnded() {
    Desk before = null;
    for (Desk desk = desks.first(); desk != null; desk = desk.next) {
      if (desk.isLeft()) {
        clear(desk);
        desks.remove(before, desk);
      } else {
        before = desk;
      }
    }
  }

  /** Can be continued: the pool takes a chunk once. */
  private void clear(Desk desk) {
    Chunk chunk = desk.chunk;
    if (chunk != null && !chunk.lent) {
      pool.giveBack(chunk);
      desk.chunk = null;
    }
  }

  /** Gives back what the desks of the calling thread and of ended threads keep. */
  public void trim() {
    StackRoom.require();
    pool.requireOutsideSource();
    clearLeft();
    pool.trim();
  }

  /** Gives back what the desks of ended threads keep; so that neither is kept any longer. */
  public synchronized void purge() {
    if (gate.isOpen()) {
      forgetEnded();
    }
  }

  private synchronized void clearLeft() {
    if (gate.isOpen()) {
      forgetEnded();
      clear(desks.of(Thread.currentThread()));
    }
  }

  /**
   * Refuses new arenas, and takes back the chunks that no arena has; before the allocator's memory
   * is given back. Open arenas go on, and give back the rest when they close. May be called again,
   * and then goes on where it stopped.
   */
  public synchronized void close() {
    StackRoom.require();
    if (gate.isOpen()) {
      gate.close();
    }
    for (Desk desk = desks.first(); desk != null; desk = desk.next) {
      clear(desk);
    }
  }

  /** After the close: the chunk of a desk that no arena has goes back. */
  private synchronized void settle(Chunk chunk) {
    if (!chunk.lent) {
      pool.giveBack(chunk);
    }
  }
}
