/** The flatten box: the straight line over the structures of pool v1. */
module io.hakmem.pool.v1flat {
  requires io.hakmem.core;
  requires static org.jspecify;

  provides io.hakmem.spi.PoolBoxProvider with
      io.hakmem.pool.v1flat.FlatProvider;
}
