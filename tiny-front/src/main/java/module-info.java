/** The tiny front: pages of its own for the smallest classes, before every other box. */
module io.hakmem.tinyfront {
  requires io.hakmem.core;
  requires static org.jspecify;

  provides io.hakmem.spi.PoolBoxProvider with
      io.hakmem.tinyfront.TinyProvider;
}
