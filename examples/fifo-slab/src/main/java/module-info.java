/** The box fifo-slab. */
module com.example.fifoslab {
  requires io.hakmem.core;
  requires static org.jspecify;

  provides io.hakmem.spi.PoolBoxProvider with
      com.example.fifoslab.FifoSlabProvider;
}
