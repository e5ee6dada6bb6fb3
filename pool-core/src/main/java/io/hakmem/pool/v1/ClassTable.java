package io.hakmem.pool.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Which block sizes the pool serves.
 *
 * @param sizes in bytes, ascending
 */
record ClassTable(List<Long> sizes) {

  /** Close steps, so that little of a block is wasted. */
  static final ClassTable FINE = of(SizeClasses.fine());

  /** The table of the original C allocator: 2 to 32 KiB in powers of two, 40 and 52 KiB. */
  static final ClassTable ORIGINAL = of(SizeClasses.original());

  private static final String NAME_OF_FINE = "fine";
  private static final String NAME_OF_ORIGINAL = "original";

  private static final int MOST = 256;

  static final String ACCEPTED =
      "one of fine, original, or at most "
          + MOST
          + " ascending multiples of 16 up to "
          + SizeClasses.LARGEST
          + ", with commas between them";

  private static ClassTable of(long[] sizes) {
    List<Long> boxed = new ArrayList<>();
    for (long size : sizes) {
      boxed.add(size);
    }
    return new ClassTable(List.copyOf(boxed));
  }

  /** Reads a name or sizes. */
  static ClassTable parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case NAME_OF_FINE -> FINE;
      case NAME_OF_ORIGINAL -> ORIGINAL;
      default -> listed(text);
    };
  }

  private static ClassTable listed(String text) {
    List<Long> sizes = new ArrayList<>();
    long before = 0;
    for (String word : text.split(",", -1)) {
      long size = Long.parseLong(word.strip());
      if (size <= before
          || size % SizeClasses.SMALLEST != 0
          || size > SizeClasses.LARGEST
          || sizes.size() == MOST) {
        throw new IllegalArgumentException("not ascending, or no size of a block");
      }
      sizes.add(size);
      before = size;
    }
    return new ClassTable(List.copyOf(sizes));
  }

  long[] toArray() {
    long[] array = new long[sizes.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = sizes.get(i);
    }
    return array;
  }

  /** What {@link #parse} reads as the same. */
  String text() {
    // Not the equals of the record, which is linked when it is first called: some ms of a start.
    if (sizes.equals(FINE.sizes)) {
      return NAME_OF_FINE;
    }
    if (sizes.equals(ORIGINAL.sizes)) {
      return NAME_OF_ORIGINAL;
    }
    StringJoiner text = new StringJoiner(",");
    sizes.forEach(size -> text.add(Long.toString(size)));
    return text.toString();
  }
}
