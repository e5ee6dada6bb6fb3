/** Buffers of Netty in memory of HAKMEM. */
module io.hakmem.netty {
  requires io.netty.common;
  requires static org.jspecify;
  requires transitive io.hakmem.core;
  requires transitive io.netty.buffer;

  exports io.hakmem.netty;
}
