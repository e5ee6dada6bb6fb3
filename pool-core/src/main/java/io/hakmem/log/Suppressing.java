package io.hakmem.log;

/** Ends what a call has begun, if the call throws. */
public final class Suppressing {

  private Suppressing() {}

  /** Closes it; what that throws goes along with what the call throws. */
  @SuppressWarnings("ReferenceEquality") // The JVM has errors that it throws more than once.
  public static void close(AutoCloseable begun, Throwable thrown) {
    try {
      begun.close();
    } catch (Throwable also) {
      if (also != thrown) {
        thrown.addSuppressed(also);
      }
    }
  }
}
