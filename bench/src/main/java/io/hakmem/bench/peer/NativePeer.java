package io.hakmem.bench.peer;

import org.jspecify.annotations.Nullable;

/** An allocator behind method handles, by the function that allocates. */
public enum NativePeer {
  MALLOC(null, "malloc", "free", "realloc", "malloc_usable_size"),
  CALLOC(null, "calloc", "free", "realloc", "malloc_usable_size"),
  MI_MALLOC(PackedLibrary.MIMALLOC, "mi_malloc", "mi_free", "mi_realloc", "mi_usable_size"),
  MI_ZALLOC(PackedLibrary.MIMALLOC, "mi_zalloc", "mi_free", "mi_realloc", "mi_usable_size"),
  JE_MALLOC(PackedLibrary.JEMALLOC, "je_malloc", "je_free", "je_realloc", "je_malloc_usable_size"),
  RPMALLOC(PackedLibrary.RPMALLOC, "rpmalloc", "rpfree", "rprealloc", "nrpmalloc_1usable_1size"),
  UNSAFE(null, "allocateMemory", "freeMemory", "reallocateMemory", "");

  /** Where its functions are, or null for the C library and for {@link #UNSAFE}. */
  final @Nullable PackedLibrary library;

  public final String allocate;
  final String free;
  final String reallocate;
  final String usableSize;

  NativePeer(
      @Nullable PackedLibrary library,
      String allocate,
      String free,
      String reallocate,
      String usableSize) {
    this.library = library;
    this.allocate = allocate;
    this.free = free;
    this.reallocate = reallocate;
    this.usableSize = usableSize;
  }
}
