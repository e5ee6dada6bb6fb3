package io.hakmem.bench.newbox;

import io.hakmem.heap.PageTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The block sizes of a new box, as they are asked for: {@code 16..128} or {@code 16,32,64}. */
public final class BlockSizes {

  private static final long STEP = 16;
  private static final int STEPS_A_DOUBLING = 8;
  private static final String RANGE = "..";

  private BlockSizes() {}

  /**
   * Reads sizes; a range has both of its ends and, between them, eight sizes a doubling.
   *
   * @return ascending, in bytes
   * @throws IllegalArgumentException if a box cannot have them
   */
  public static List<Long> parse(String text) {
    int range = text.indexOf(RANGE);
    if (range >= 0) {
      return between(
          size(text.substring(0, range), text),
          size(text.substring(range + RANGE.length()), text),
          text);
    }
    List<Long> sizes = Arrays.stream(text.split(",", -1)).map(word -> size(word, text)).toList();
    List<Long> ascending = List.copyOf(new TreeSet<>(sizes));
    if (!ascending.equals(sizes)) {
      throw refused(text, "ascend, such as 16,32,64");
    }
    return ascending;
  }

  private static List<Long> between(long from, long to, String text) {
    if (from > to) {
      throw refused(text, "begin with the smaller one, such as 16..128");
    }
    List<Long> sizes = new ArrayList<>(List.of(from));
    for (long size = next(from); size < to; size = next(size)) {
      sizes.add(size);
    }
    if (to > from) {
      sizes.add(to);
    }
    return sizes;
  }

  /** The next of eight even steps from one power of two to the next. */
  private static long next(long size) {
    long step = Math.max(STEP, Long.highestOneBit(size) / STEPS_A_DOUBLING);
    return size / step * step + step;
  }

  private static long size(String word, String text) {
    try {
      long size = Long.parseLong(word.strip());
      if (size >= STEP && size <= PageTable.REACH_BYTES && size % STEP == 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Refused below, as every other text.
    }
    throw refused(
        text,
        "be multiples of %d in [%d, %d], such as 16..128 or 16,32,64"
            .formatted(STEP, STEP, PageTable.REACH_BYTES));
  }

  private static IllegalArgumentException refused(String text, String rule) {
    return new IllegalArgumentException("sizes=%s must %s".formatted(text, rule));
  }

  /** For people. */
  static String list(List<Long> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
