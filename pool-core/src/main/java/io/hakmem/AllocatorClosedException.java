package io.hakmem;

/** The allocator was closed; its memory is gone. */
public final class AllocatorClosedException extends HakmemException {

  private static final long serialVersionUID = 1L;

  /** Says what was asked of the closed allocator. */
  public AllocatorClosedException(String message) {
    super(message);
  }
}
