package io.hakmem.record;

import java.nio.file.Path;

/**
 * What a recording came to.
 *
 * @param file where it is
 * @param events that were handed to the file; of one that failed the last ones may not be in it
 * @param bytes the size of the file
 * @param cause why it ended
 * @param failure why it could not be written, or empty
 */
public record Outcome(Path file, long events, long bytes, Cause cause, String failure) {

  /** Why a recording ended. */
  public enum Cause {
    /** It was told to. */
    STOPPED("it was stopped"),
    /** The file has the most bytes that it may have. */
    SIZE("its size was reached"),
    /** It took the longest that it may take. */
    TIME("its time was over"),
    /** The file could not be written. */
    FAILURE("it could not be written");

    private final String meaning;

    Cause(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String toString() {
      return meaning;
    }
  }
}
