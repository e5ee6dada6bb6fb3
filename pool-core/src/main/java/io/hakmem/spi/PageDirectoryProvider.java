package io.hakmem.spi;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import java.util.List;

/**
 * Makes a page directory. Found by {@link java.util.ServiceLoader}; exactly one must be present.
 */
public interface PageDirectoryProvider {

  /** The artifact that holds the directory, such as {@code mid-desc}. */
  String name();

  /** The gates of this directory. */
  default List<Gate<?>> gates() {
    return List.of();
  }

  /** A new, empty directory for one allocator. */
  PageDirectory create(Settings settings);
}
