package io.hakmem.tinyfront;

/** Whether the front takes part. */
enum TinyHeapProfile {
  /** It serves its classes, as a rule C7 alone. */
  C7_SAFE,
  /** It is out, and the next box serves all sizes. */
  LEGACY
}
