package io.hakmem.gate;

/** Whether a free is checked before it changes anything. */
public enum Checks {
  /** A free of an address at which no live block begins is refused with an exception. */
  ON,
  /** Beside that every block is watched: slow, and for finding faults. */
  FULL,
  /** A wrong free has undefined results: for measuring only. */
  OFF
}
