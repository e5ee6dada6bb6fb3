package io.hakmem.bench.peer;

/** A native allocator, by the function that allocates. */
enum NativePeer {
  MALLOC,
  CALLOC,
  MI_MALLOC,
  MI_ZALLOC;

  boolean isMimalloc() {
    return this == MI_MALLOC || this == MI_ZALLOC;
  }

  String functionName() {
    return switch (this) {
      case MALLOC -> "malloc";
      case CALLOC -> "calloc";
      case MI_MALLOC -> "mi_malloc";
      case MI_ZALLOC -> "mi_zalloc";
    };
  }
}
