package io.hakmem.arena;

import io.hakmem.AllocatorClosedException;
import io.hakmem.engine.Engine;
import io.hakmem.memory.Lifetimes;
import java.lang.foreign.Arena;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The arenas of one allocator. Each platform thread that makes confined arenas has a {@link Desk},
 * whose chunk goes from one arena to the next without a call of the pool.
 *
 * <p>The chunk of a desk stays pinned while no arena has it, so {@link #close} must know which ones
 * are lent. A thread that lends or takes back its chunk writes that plainly and then passes the
 * {@link Gate}: the close either sees what it wrote, or the thread hears of the close and settles.
 */
public final class Arenas {

  /** Room of a desk's chunk for segments; with the margin it fills a size class. */
  private static final long DESK_BYTES = (4 << 10) - Chunk.MARGIN_BYTES;

  private final ChunkPool pool;
  private final Gate gate = new Gate();

  /** Changed under this. */
  private final Desks desks = new Desks();

  /** The arenas over the blocks of an engine. */
  public Arenas(Engine engine) {
    this.pool = new ChunkPool(engine);
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
      return confinedSlow();
    }
    lend(chunk);
    return confinedOver(chunk);
  }

  /**
   * The delegate comes first: between an object's allocation and its first stores no other object
   * may come, else the JVM compiles a collector's barrier into each store, finds the whole too big
   * to inline, and gives every arena objects of its own on the Java heap.
   */
  @SuppressWarnings("MustBeClosed") // Closed with the arena over it.
  private Arena confinedOver(@Nullable Chunk chunk) {
    Arena delegate = Arena.ofConfined();
    return new ConfinedArena(this, pool, delegate, chunk);
  }

  /** The first arena of a thread, one of a virtual thread, or one inside another. */
  private Arena confinedSlow() {
    Lifetimes.requireNativeAccess("arena()");
    requireOpen();
    Chunk chunk = Thread.currentThread().isVirtual() ? null : chunkOfOwnDesk();
    if (chunk != null) {
      lend(chunk);
    }
    return confinedOver(chunk);
  }

  /**
   * A new arena for all threads.
   *
   * @throws UnsupportedOperationException if native access is not enabled
   * @throws AllocatorClosedException after the allocator's close
   */
  public Arena shared() {
    Lifetimes.requireNativeAccess("sharedArena()");
    requireOpen();
    return new SharedArena(pool);
  }

  private void requireOpen() {
    if (!gate.isOpen()) {
      throw closed();
    }
  }

  private static AllocatorClosedException closed() {
    return new AllocatorClosedException("arena refused: the allocator is closed");
  }

  private void lend(Chunk chunk) {
    chunk.lent = true;
    try {
      gate.pass();
    } catch (IllegalStateException ended) {
      chunk.lent = false;
      settle(chunk);
      throw closed();
    }
  }

  /** Takes back the chunk of the calling thread's desk, whose arena has closed. */
  void takeBack(Chunk chunk) {
    chunk.lent = false;
    try {
      gate.pass();
    } catch (IllegalStateException ended) {
      settle(chunk);
    }
  }

  /** Null if another arena of the thread has the chunk. */
  private synchronized @Nullable Chunk chunkOfOwnDesk() {
    requireOpen();
    forgetEnded();
    Desk desk = desks.own();
    Chunk chunk = desk.chunk;
    if (chunk == null) {
      chunk = pool.take(DESK_BYTES);
      desk.chunk = chunk;
    }
    return chunk.lent ? null : chunk;
  }

  /** The chunk of an arena that its thread left open stays: native code may still use it. */
  private void forgetEnded() {
    for (Iterator<Desk> left = desks.all().iterator(); left.hasNext(); ) {
      Desk desk = left.next();
      if (desk.thread != null && !desk.thread.isAlive()) {
        left.remove();
        clear(desk);
      }
    }
  }

  private void clear(Desk desk) {
    Chunk chunk = desk.chunk;
    if (chunk != null && !chunk.lent) {
      desk.chunk = null;
      pool.giveBack(chunk);
    }
  }

  /** Gives back what the desks of the calling thread and of ended threads keep. */
  public synchronized void trim() {
    if (gate.isOpen()) {
      forgetEnded();
      clear(desks.of(Thread.currentThread()));
    }
  }

  /**
   * Refuses new arenas, and unpins what no arena has; before the allocator's memory is given back.
   * Open arenas go on, and unpin the rest when they close. Idempotent.
   */
  public synchronized void close() {
    if (gate.isOpen()) {
      gate.close();
      desks.all().forEach(desk -> endPin(desk.chunk));
      desks.clear();
    }
  }

  private synchronized void settle(Chunk chunk) {
    endPin(chunk);
  }

  private void endPin(@Nullable Chunk chunk) {
    if (chunk != null && !chunk.lent && chunk.pinned) {
      chunk.pinned = false;
      pool.unpin(chunk.page);
    }
  }
}
