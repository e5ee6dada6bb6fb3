package io.hakmem;

/**
 * A box did what no box may do: it threw, or what it gave is not what its contract says. The text
 * names the box and the call. Blocks that callers hold stay as they were, and the other boxes serve
 * on.
 */
public final class BoxFailedException extends HakmemException {

  private static final long serialVersionUID = 1L;

  /** Says which box did what. */
  public BoxFailedException(String message) {
    super(message);
  }

  /** Says which box did what, and what it threw. */
  public BoxFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
