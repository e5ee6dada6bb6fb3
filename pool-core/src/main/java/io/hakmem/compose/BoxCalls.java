package io.hakmem.compose;

import io.hakmem.BoxFailedException;
import io.hakmem.HakmemException;

/** Calls boxes and their providers, and says which one threw. */
public final class BoxCalls {

  private BoxCalls() {}

  /** A call that gives something. */
  @FunctionalInterface
  public interface Call<T> {
    /** Calls the box. */
    T call();
  }

  /**
   * What the call gives.
   *
   * @param box the box's name
   * @param what the call, for the message, such as {@code create}
   * @throws BoxFailedException if the box throws what is neither an exception of ours nor an error
   *     of the JVM
   */
  public static <T> T of(String box, String what, Call<T> call) {
    try {
      return call.call();
    } catch (Throwable thrown) {
      throw failure(box, what, thrown);
    }
  }

  /** Calls; throws like {@link #of}. */
  public static void run(String box, String what, Runnable call) {
    try {
      call.run();
    } catch (Throwable thrown) {
      throw failure(box, what, thrown);
    }
  }

  /** What to throw when a box threw: an exception that names it, or what it threw. */
  public static RuntimeException failure(String box, String what, Throwable thrown) {
    if (thrown instanceof VirtualMachineError ofJvm) {
      throw ofJvm;
    }
    if (thrown instanceof HakmemException ours) {
      return ours;
    }
    Throwable said = thrown;
    while (said instanceof ExceptionInInitializerError && said.getCause() != null) {
      said = said.getCause(); // Which says nothing itself.
    }
    return new BoxFailedException("box %s failed in %s: %s".formatted(box, what, said), thrown);
  }
}
