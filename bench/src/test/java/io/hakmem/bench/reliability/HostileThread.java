package io.hakmem.bench.reliability;

/**
 * A thread of a program that overrides all it can: equal to every other one, or not to be asked.
 */
final class HostileThread extends Thread {

  private final boolean silent;

  /** Equal to all others, or one that throws whatever it is asked. */
  HostileThread(boolean silent, Runnable task) {
    super(task);
    this.silent = silent;
  }

  private void requireTalking() {
    if (silent) {
      throw new IllegalCallerException("a thread was asked what its class may override");
    }
  }

  @Override
  public boolean equals(Object other) {
    requireTalking();
    return other instanceof HostileThread;
  }

  @Override
  public int hashCode() {
    requireTalking();
    return 1;
  }

  @Override
  public String toString() {
    requireTalking();
    return "one of many";
  }

  @Override
  @Deprecated
  public long getId() {
    requireTalking();
    return 1;
  }

  @Override
  public State getState() {
    requireTalking();
    return State.TERMINATED;
  }

  @Override
  public StackTraceElement[] getStackTrace() {
    requireTalking();
    return new StackTraceElement[0];
  }
}
