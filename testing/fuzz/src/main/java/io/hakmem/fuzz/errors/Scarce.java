package io.hakmem.fuzz.errors;

/** What is scarce in a round, or fails. */
public enum Scarce {
  /** The stack ends. */
  STACK,
  /** The Java heap is full, in a JVM of its own. */
  HEAP,
  /** A Java object cannot be made, in copies of the allocator's classes that count them. */
  OBJECT,
  /** The page source throws. */
  SOURCE,
  /** A box throws. */
  BOX
}
