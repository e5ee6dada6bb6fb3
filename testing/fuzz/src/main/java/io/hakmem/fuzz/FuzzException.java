package io.hakmem.fuzz;

import org.jspecify.annotations.Nullable;

/** The allocator did something else than the model; the message says how to repeat it. */
public final class FuzzException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what was found, if it was thrown. */
  public FuzzException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
