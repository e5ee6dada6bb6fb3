/** The pool v2 box: pages cut from extents, and blocks that can name their owner. */
@SuppressWarnings("module") // The digit is no version of the module: it is the name of the pool.
module io.hakmem.pool.v2 {
  requires io.hakmem.core;
  requires static org.jspecify;

  provides io.hakmem.spi.PoolBoxProvider with
      io.hakmem.pool.v2.V2Provider;
}
