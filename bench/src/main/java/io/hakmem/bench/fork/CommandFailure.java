package io.hakmem.bench.fork;

/** A failure that its message explains. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The message is shown as it is. */
  public CommandFailure(String message) {
    super(message);
  }

  /** The message is shown as it is, and the cause with the stack trace. */
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
