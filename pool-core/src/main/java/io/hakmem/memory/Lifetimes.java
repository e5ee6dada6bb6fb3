package io.hakmem.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Gives memory another lifetime than that of its region, for which the JVM asks native access. */
public final class Lifetimes {

  private static final Module CORE = Lifetimes.class.getModule();

  private Lifetimes() {}

  /** Whether the JVM lets the core do so without a warning. Any thread. */
  public static boolean hasNativeAccess() {
    return CORE.isNativeAccessEnabled();
  }

  /** A segment of every address, which never ends. Whoever asks has asked for native access. */
  @SuppressWarnings("restricted")
  public static MemorySegment allAddresses() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  /**
   * Refuses where {@link #segment} would make the JVM print a warning. Any thread.
   *
   * @param what is refused, for the message
   * @throws UnsupportedOperationException if native access is not enabled; the text names the JVM
   *     option
   */
  public static void requireNativeAccess(String what) {
    if (!hasNativeAccess()) {
      throw refused(what, CORE);
    }
  }

  static UnsupportedOperationException refused(String what, Module module) {
    String named = module.isNamed() ? module.getName() : "ALL-UNNAMED";
    return new UnsupportedOperationException(
        what + " needs the JVM option --enable-native-access=" + named);
  }

  /**
   * Memory that can be used as long as the arena is alive, by the threads that may use the arena.
   * The caller keeps the memory mapped until then.
   *
   * @throws IllegalStateException if the arena is closed
   * @throws WrongThreadException if the arena is another thread's
   */
  @SuppressWarnings("restricted") // Whoever makes arenas has asked requireNativeAccess.
  public static MemorySegment segment(long address, long bytes, Arena lifetime) {
    return MemorySegment.ofAddress(address).reinterpret(bytes, lifetime, null);
  }
}
