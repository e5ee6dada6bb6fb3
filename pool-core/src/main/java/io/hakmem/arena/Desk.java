package io.hakmem.arena;

import org.jspecify.annotations.Nullable;

/** A thread's chunk between its arenas, so that a short-lived arena asks the pool for nothing. */
final class Desk {

  final @Nullable Thread thread;

  /**
   * Written under the monitor of {@link Arenas}, read plainly by the thread: what another thread
   * writes is an end, which the thread hears of from the gate.
   */
  @Nullable Chunk chunk;

  /** A desk without a chunk. */
  Desk(@Nullable Thread thread) {
    this.thread = thread;
  }
}
