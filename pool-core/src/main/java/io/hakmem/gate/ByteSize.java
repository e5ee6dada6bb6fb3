package io.hakmem.gate;

import java.math.BigDecimal;
import java.util.List;

/**
 * Sizes as people write them: {@code 512}, {@code 64KiB}, {@code 4 MiB}, {@code 10m}, {@code
 * 0.5GiB}. All units are powers of 1024, as in the options of the JVM.
 *
 * <p>By hand: a program that only allocates shall not wait for regular expressions.
 */
final class ByteSize {

  private static final List<Unit> LARGEST_FIRST =
      List.of(new Unit("GiB", 1L << 30), new Unit("MiB", 1L << 20), new Unit("KiB", 1L << 10));

  private ByteSize() {}

  private record Unit(String name, long bytes) {

    /** Whether it is written like that: {@code KiB}, {@code KB}, {@code Ki} or {@code K}. */
    boolean isWritten(String text) {
      String first = name.substring(0, 1);
      return text.equalsIgnoreCase(name)
          || text.equalsIgnoreCase(first + "B")
          || text.equalsIgnoreCase(first + "i")
          || text.equalsIgnoreCase(first);
    }
  }

  static long parse(String text) {
    int end = 0;
    while (end < text.length() && isOfNumber(text.charAt(end))) {
      end++;
    }
    long unitBytes = unitBytes(text.substring(end).strip());
    try {
      return product(text.substring(0, end), unitBytes);
    } catch (ArithmeticException notALong) {
      throw new IllegalArgumentException("no number of bytes, or more than a long holds", notALong);
    }
  }

  private static boolean isOfNumber(char each) {
    return each == '.' || (each >= '0' && each <= '9');
  }

  private static long product(String number, long unitBytes) {
    if (number.indexOf('.') >= 0) {
      return new BigDecimal(number).multiply(BigDecimal.valueOf(unitBytes)).longValueExact();
    }
    return Math.multiplyExact(Long.parseLong(number), unitBytes);
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

  private static long unitBytes(String name) {
    for (Unit unit : LARGEST_FIRST) {
      if (unit.isWritten(name)) {
        return unit.bytes;
      }
    }
    if (!name.isEmpty()) {
      throw new IllegalArgumentException("no unit of sizes");
    }
    return 1;
  }
}
