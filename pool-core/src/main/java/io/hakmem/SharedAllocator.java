package io.hakmem;

import org.jspecify.annotations.Nullable;

/** The allocator of the process, and whether one is it. */
final class SharedAllocator {

  /** Written once, under this class; read by any thread. */
  private static volatile @Nullable HakAllocator shared;

  private SharedAllocator() {}

  /** No class initialiser makes it: one that is refused could not be tried again. */
  static HakAllocator get() {
    HakAllocator made = shared;
    return made == null ? makeOnce() : made;
  }

  private static synchronized HakAllocator makeOnce() {
    HakAllocator made = shared;
    if (made == null) {
      made = HakAllocator.create();
      shared = made;
    }
    return made;
  }

  @SuppressWarnings("ReferenceEquality") // The one object is meant.
  static boolean is(HakAllocator allocator) {
    return allocator == shared;
  }
}
