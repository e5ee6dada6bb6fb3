package io.hakmem.bench.trace;

/** A trace that is missing or malformed; the message names the file and the line. */
public final class TraceException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** The message says what is wrong, and where. */
  public TraceException(String message) {
    super(message);
  }
}
