package io.hakmem.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What boxes attach to a heap, found by the identity of a key. Any thread may call it. */
final class Attachments {

  /** Pairs of a key and what is attached under it; replaced under the monitor. */
  private Object[] pairs = {};

  @SuppressWarnings("ReferenceEquality") // Each key is an object of its own, whatever it equals.
  @Nullable Object find(Object key) {
    Object[] known = pairs;
    for (int i = 0; i < known.length; i += 2) {
      if (known[i] == key) {
        return known[i + 1];
      }
    }
    return null;
  }

  synchronized void add(Object key, Object value) {
    Object[] more = Arrays.copyOf(pairs, pairs.length + 2);
    more[pairs.length] = key;
    more[pairs.length + 1] = value;
    pairs = more;
  }
}
