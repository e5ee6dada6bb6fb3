package io.hakmem;

/**
 * Native memory was asked for and cannot be had. Nothing changed: whoever catches this may free
 * memory, or ask for less, and go on.
 */
public final class OutOfNativeMemoryException extends HakmemException {

  private static final long serialVersionUID = 1L;

  private final long askedBytes;
  private final String reason;

  /**
   * What was asked for, and why it is refused.
   *
   * @param askedBytes what was asked for, in bytes
   * @param reason what failed and where, such as {@code mmap failed with errno 12 (Cannot allocate
   *     memory) in page source os}
   */
  public OutOfNativeMemoryException(long askedBytes, String reason) {
    super("asked " + askedBytes + " bytes: " + reason);
    this.askedBytes = askedBytes;
    this.reason = reason;
  }

  /**
   * What a caller asked for, which needed what was refused.
   *
   * @param askedBytes what the caller asked for, in bytes
   * @param refused what was asked of the limit or the system
   * @param held what the allocator holds, for the message
   */
  public OutOfNativeMemoryException(
      long askedBytes, OutOfNativeMemoryException refused, String held) {
    super(
        "asked "
            + askedBytes
            + " bytes, of the system "
            + refused.askedBytes
            + ": "
            + refused.reason
            + "; "
            + held);
    this.askedBytes = askedBytes;
    this.reason = refused.reason;
    initCause(refused);
  }

  /** What was asked for, in bytes. */
  public long askedBytes() {
    return askedBytes;
  }
}
