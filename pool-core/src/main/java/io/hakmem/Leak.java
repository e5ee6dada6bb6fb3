package io.hakmem;

import java.time.Duration;
import java.util.List;

/**
 * Blocks that one place in a program allocated and nobody freed yet. A later version may know more
 * of them: read it by its methods.
 *
 * @param frames the calls that led to the allocation, the innermost first
 * @param blocks how many blocks
 * @param bytes what was asked for, of all of them
 * @param oldest the age of the oldest one
 */
public record Leak(List<String> frames, long blocks, long bytes, Duration oldest) {

  /** Copies the list. */
  public Leak {
    frames = List.copyOf(frames);
  }

  /** The calls in one line, the innermost first. */
  public String site() {
    return String.join(" < ", frames);
  }
}
