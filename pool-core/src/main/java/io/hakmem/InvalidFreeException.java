package io.hakmem;

/** An address was refused; the allocator is unchanged. */
public final class InvalidFreeException extends HakmemException {

  private static final long serialVersionUID = 1L;

  /** Says which address, and why it is not a live block. */
  public InvalidFreeException(String message) {
    super(message);
  }
}
