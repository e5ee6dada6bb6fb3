/** Figures of an allocator for Micrometer. */
module io.hakmem.micrometer {
  requires static org.jspecify;
  requires transitive io.hakmem.core;
  requires transitive micrometer.core;

  exports io.hakmem.micrometer;
}
