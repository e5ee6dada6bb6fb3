package io.hakmem.bench.soak;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hakmem.bench.result.MemorySample;

/**
 * What is held after a phase and a trim.
 *
 * @param memory of the process, without the Java heap
 */
public record SoakSample(int phase, String mix, @JsonUnwrapped MemorySample memory) {

  /** Since the run began. */
  public double seconds() {
    return memory.seconds();
  }

  /** Without the Java heap; 0 where the system does not tell. */
  public long residentBytes() {
    return memory.residentBytes();
  }

  /** What the allocator holds from the system. */
  public long committedBytes() {
    return requireNonNullElse(memory.committedBytes(), 0L);
  }

  /** What blocks that live can hold. */
  public long liveBytes() {
    return requireNonNullElse(memory.liveBytes(), 0L);
  }
}
