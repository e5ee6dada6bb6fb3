package io.hakmem.compose;

import io.hakmem.BoxFailedException;
import io.hakmem.heap.PageTable;
import io.hakmem.spi.PoolBox;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what boxes say of themselves before any of them serves, and names the box. */
final class BoxCheck {

  private static final long STEP = 16;

  private BoxCheck() {}

  /** A name that is there and not blank. */
  static String name(Object of, @Nullable String name) {
    if (name == null || name.isBlank()) {
      throw new BoxFailedException(
          "%s has no name: name()=%s must not be blank".formatted(of.getClass().getName(), name));
    }
    return name;
  }

  /** A box that is there and whose classes can be served; returns them. */
  static long[] classes(String provider, @Nullable PoolBox box) {
    if (box == null) {
      throw new BoxFailedException("box %s: create() returned null".formatted(provider));
    }
    String name = nameOf(provider, box);
    long @Nullable [] sizes = sizesOf(name, box);
    if (sizes == null || sizes.length == 0) {
      throw refused(name, sizes, "have at least one size");
    }
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < STEP || sizes[i] > PageTable.REACH_BYTES || sizes[i] % STEP != 0) {
        throw refused(
            name, sizes, "be multiples of 16 in [16, %d]".formatted(PageTable.REACH_BYTES));
      }
      if (i > 0 && sizes[i] <= sizes[i - 1]) {
        throw refused(name, sizes, "ascend");
      }
    }
    return sizes.clone();
  }

  private static String nameOf(String provider, PoolBox box) {
    String name;
    try {
      name = box.name();
    } catch (Throwable thrown) {
      throw BoxCalls.failure(provider, "name()", thrown);
    }
    return name(box, name);
  }

  private static long @Nullable [] sizesOf(String name, PoolBox box) {
    try {
      return box.blockSizes();
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "blockSizes()", thrown);
    }
  }

  private static BoxFailedException refused(String box, long @Nullable [] sizes, String rule) {
    return new BoxFailedException(
        "box %s: blockSizes()=%s must %s".formatted(box, Arrays.toString(sizes), rule));
  }

  /** That no two boxes count under one name. */
  static void counters(List<ComposedBox> boxes) {
    Map<String, String> owners = new HashMap<>();
    for (ComposedBox box : boxes) {
      for (String counter : box.report().counters().keySet()) {
        String other = owners.put(counter, box.name());
        if (other != null) {
          throw new BoxFailedException(
              "the boxes %s and %s both have a counter %s; names of counters begin with the box's"
                      .formatted(other, box.name(), counter)
                  + " name");
        }
      }
    }
  }
}
