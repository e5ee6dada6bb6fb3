package io.hakmem;

/**
 * What an allocator refuses, each kind as a subclass. Nothing changed: the allocator works on, and
 * what the caller holds stays as it was, unless the subclass says otherwise.
 *
 * <p>Sizes, alignments and counts that no call accepts, whatever the allocator's state, are an
 * {@link IllegalArgumentException} as everywhere in Java.
 */
public abstract sealed class HakmemException extends RuntimeException
    permits AllocatorClosedException,
        BlockDamagedException,
        BoxFailedException,
        InvalidFreeException,
        OutOfNativeMemoryException,
        SettingsException {

  private static final long serialVersionUID = 1L;

  /** Says what was asked, and why it is refused. */
  HakmemException(String message) {
    super(message);
  }

  /** Says what was asked, why it is refused, and what went wrong underneath. */
  HakmemException(String message, Throwable cause) {
    super(message, cause);
  }
}
