/** The standard composition: the core, and the boxes that a service wants. */
module io.hakmem {
  requires io.hakmem.middesc;
  requires io.hakmem.pool.v1flat;
  requires io.hakmem.tinyfront;
  requires transitive io.hakmem.core;
}
