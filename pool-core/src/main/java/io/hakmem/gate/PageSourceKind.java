package io.hakmem.gate;

/** Which page source a deployment wants. */
public enum PageSourceKind {

  /** {@link #OS} where it can be used without a warning of the JVM, else {@link #ARENA}. */
  AUTO,

  /** Memory mapped by the operating system: Linux only, needs {@code --enable-native-access}. */
  OS,

  /** Memory of a shared {@link java.lang.foreign.Arena}: everywhere, without any permission. */
  ARENA
}
