package io.hakmem.gate;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes as people write them: {@code 512}, {@code 64KiB}, {@code 4 MiB}. */
final class ByteSize {

  private static final Pattern TEXT =
      Pattern.compile("([0-9]+)\\s*([KMG]iB)?", Pattern.CASE_INSENSITIVE);

  private static final List<Unit> LARGEST_FIRST =
      List.of(new Unit("GiB", 1L << 30), new Unit("MiB", 1L << 20), new Unit("KiB", 1L << 10));

  private ByteSize() {}

  private record Unit(String name, long bytes) {}

  static long parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size");
    }
    long count = Long.parseLong(matcher.group(1));
    long unitBytes = unitBytes(matcher.group(2));
    if (count > Long.MAX_VALUE / unitBytes) {
      throw new IllegalArgumentException("more than a long holds");
    }
    return count * unitBytes;
  }

  /** In the largest unit that divides the size, so that nothing is rounded. */
  static String format(long bytes) {
    for (Unit unit : LARGEST_FIRST) {
      if (bytes != 0 && bytes % unit.bytes == 0) {
        return bytes / unit.bytes + unit.name;
      }
    }
    return Long.toString(bytes);
  }

  private static long unitBytes(@Nullable String name) {
    for (Unit unit : LARGEST_FIRST) {
      if (unit.name.equalsIgnoreCase(name)) {
        return unit.bytes;
      }
    }
    return 1;
  }
}
