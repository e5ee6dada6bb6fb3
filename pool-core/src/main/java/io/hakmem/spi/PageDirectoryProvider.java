package io.hakmem.spi;

/**
 * Makes a page directory. Found by {@link java.util.ServiceLoader}; exactly one must be present.
 */
public interface PageDirectoryProvider {

  /** The artifact that holds the directory, such as {@code mid-desc}. */
  String name();

  /** A new, empty directory for one allocator. */
  PageDirectory create();
}
