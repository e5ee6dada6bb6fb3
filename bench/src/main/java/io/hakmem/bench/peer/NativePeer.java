package io.hakmem.bench.peer;

import org.jspecify.annotations.Nullable;

/** A native allocator, by the function that allocates. */
enum NativePeer {
  MALLOC(null, "malloc", "free", "realloc", "malloc_usable_size"),
  CALLOC(null, "calloc", "free", "realloc", "malloc_usable_size"),
  MI_MALLOC(PackedLibrary.MIMALLOC, "mi_malloc", "mi_free", "mi_realloc", "mi_usable_size"),
  MI_ZALLOC(PackedLibrary.MIMALLOC, "mi_zalloc", "mi_free", "mi_realloc", "mi_usable_size"),
  JE_MALLOC(PackedLibrary.JEMALLOC, "je_malloc", "je_free", "je_realloc", "je_malloc_usable_size"),
  RPMALLOC(PackedLibrary.RPMALLOC, "rpmalloc", "rpfree", "rprealloc", "nrpmalloc_1usable_1size");

  private final @Nullable PackedLibrary library;
  private final String allocate;
  private final String free;
  private final String reallocate;
  private final String usableSize;

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

  /** Where its functions are, or null for the C library. */
  @Nullable PackedLibrary library() {
    return library;
  }

  String functionName() {
    return allocate;
  }

  String freeName() {
    return free;
  }

  String reallocateName() {
    return reallocate;
  }

  String usableSizeName() {
    return usableSize;
  }
}
