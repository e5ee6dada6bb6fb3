package io.hakmem;

/**
 * Native memory was asked for and cannot be had. Nothing changed: whoever catches this may free
 * memory, or ask for less, and go on.
 */
public final class OutOfNativeMemoryException extends HakmemException {

  private static final long serialVersionUID = 1L;

  private final long askedBytes;

  /**
   * @param askedBytes what was asked for, in bytes
   * @param reason what failed and where, such as {@code mmap failed with errno 12 (Cannot allocate
   *     memory) in page source os}
   */
  public OutOfNativeMemoryException(long askedBytes, String reason) {
    super("asked " + askedBytes + " bytes: " + reason);
    this.askedBytes = askedBytes;
  }

  /** What was asked for, in bytes. */
  public long askedBytes() {
    return askedBytes;
  }
}
