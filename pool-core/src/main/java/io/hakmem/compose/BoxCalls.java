package io.hakmem.compose;

import io.hakmem.BoxFailedException;
import io.hakmem.HakmemException;

/** Says which box or provider threw. */
public final class BoxCalls {

  private BoxCalls() {}

  /**
   * What to throw when a box threw: an exception that names it, or an exception of ours.
   *
   * @param box the box's name
   * @param what the call, for the message, such as {@code create()}
   * @throws VirtualMachineError if it threw that
   */
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
    return new BoxFailedException("box " + box + " failed in " + what + ": " + said, thrown);
  }
}
