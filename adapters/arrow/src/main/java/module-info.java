/** Buffers of Arrow in memory of HAKMEM. */
module io.hakmem.arrow {
  requires static org.jspecify;
  requires transitive io.hakmem.core;
  requires transitive org.apache.arrow.memory.core;

  exports io.hakmem.arrow;
}
