package io.hakmem.fuzz.errors;

/** What cuts calls off. Only one thread at a time uses it. */
interface Scarcity {

  /**
   * Makes the call again and again, with a little more of what is scarce each time, until it is
   * over.
   */
  void exhaust(DrawnCall call);

  /** Gives back what it holds to be scarce. */
  default void end() {}

  /** How often a call was made. */
  long attempts();

  /** How often one was cut off. */
  long cut();
}
