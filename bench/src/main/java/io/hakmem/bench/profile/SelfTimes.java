package io.hakmem.bench.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The self time of the measured loop, or why it is not known. */
public record SelfTimes(
    @Nullable String failed, @Nullable Long samples, List<SelfTime> boxes, List<SelfTime> symbols) {

  /** Of a box, or of a symbol of a box. */
  public record SelfTime(@Nullable String symbol, @Nullable String box, double selfPercent) {}

  /** The reason why it is not known. */
  public static SelfTimes failed(String reason) {
    return new SelfTimes(reason, null, List.of(), List.of());
  }
}
