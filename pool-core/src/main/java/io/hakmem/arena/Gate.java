package io.hakmem.arena;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A barrier that costs its many passers nothing, and its one closer everything.
 *
 * <p>{@link #pass} reads memory of a shared arena, and {@link #close} closes that arena. The JVM
 * promises that no read succeeds once the close has returned, although reads take no fence: so it
 * stops each thread at a safepoint in between. What a thread wrote before it passed is therefore
 * visible to the closer after the close, or the pass throws; there is no third case.
 */
final class Gate {

  private final Arena arena;
  private final MemorySegment bar;

  @SuppressWarnings("MustBeClosed") // Closed by close.
  Gate() {
    arena = Arena.ofShared();
    bar = arena.allocate(1);
  }

  /** Returns only while the gate is open; throws {@link IllegalStateException} afterwards. */
  void pass() {
    bar.get(ValueLayout.JAVA_BYTE, 0);
  }

  boolean isOpen() {
    return arena.scope().isAlive();
  }

  /** Once; stops every thread for a moment. */
  void close() {
    arena.close();
  }
}
