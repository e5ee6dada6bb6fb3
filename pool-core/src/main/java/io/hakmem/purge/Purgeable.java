package io.hakmem.purge;

/** What has unused memory now and then. */
public interface Purgeable {

  /**
   * Gives back what was not used since the last call. The purge thread calls it, or any.
   *
   * @return whether there is more to give back, or may be soon
   */
  boolean purge();

  /** The time between two calls in nanoseconds, above 0. */
  long intervalNs();
}
