package io.hakmem.bench.top;

import io.hakmem.Stats;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How fast counts rise.
 *
 * @param before what was counted earlier; null if nothing is known of it
 * @param seconds how much earlier
 */
record Rate(@Nullable Stats before, double seconds) {

  private static final double THOUSAND = 1e3;
  private static final double MILLION = 1e6;

  OptionalLong total(ToLongFunction<Stats> count) {
    return before == null ? OptionalLong.empty() : OptionalLong.of(count.applyAsLong(before));
  }

  OptionalLong box(String name, ToLongFunction<Stats.Box> count) {
    return before == null
        ? OptionalLong.empty()
        : before.boxes().stream()
            .filter(box -> box.name().equals(name))
            .mapToLong(count)
            .findFirst();
  }

  /** Counts a second since then; a dash if there is no earlier count. */
  String of(long now, OptionalLong earlier) {
    if (earlier.isEmpty() || seconds <= 0) {
      return "-";
    }
    double rate = (now - earlier.getAsLong()) / seconds;
    if (Math.abs(rate) >= MILLION) {
      return String.format(Locale.ROOT, "%.1f M/s", rate / MILLION);
    }
    return Math.abs(rate) >= THOUSAND
        ? String.format(Locale.ROOT, "%.1f K/s", rate / THOUSAND)
        : String.format(Locale.ROOT, "%.1f /s", rate);
  }
}
