package io.hakmem.settings;

/** Where pages of memory come from. */
public enum PageSourceKind {
  /** {@link #OS} if the module has native access, else {@link #ARENA}. */
  AUTO,
  /** Reserved and committed by calls of the operating system. */
  OS,
  /** Chunks of a shared {@link java.lang.foreign.Arena}. */
  ARENA
}
