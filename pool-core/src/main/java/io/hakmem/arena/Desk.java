package io.hakmem.arena;

import io.hakmem.chunk.Chunk;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A thread's chunk between its arenas, so that a short-lived arena asks the pool for nothing. It
 * does not keep its thread, which is found by identity: a class of threads may equal all others.
 */
final class Desk extends WeakReference<Thread> {

  /** The thread's id; no other thread of the JVM ever has it. */
  final long threadId;

  /**
   * Written under the monitor of {@link Arenas}, read plainly by the thread: what another thread
   * writes is an end, which the thread hears of from the gate.
   */
  @Nullable Chunk chunk;

  /** The next desk of the allocator; guarded by the monitor of {@link Arenas}. */
  @Nullable Desk next;

  /** A desk without a chunk; that of null is nobody's. */
  Desk(@Nullable Thread thread) {
    super(thread);
    this.threadId = thread == null ? 0 : thread.threadId();
  }

  /** Whether its thread has ended. */
  boolean isLeft() {
    Thread thread = get();
    return thread == null || !thread.isAlive();
  }
}
