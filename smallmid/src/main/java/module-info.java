/** A thin front for blocks of 256, 512 and 1024 B. */
module io.hakmem.smallmid {
  requires io.hakmem.core;
  requires static org.jspecify;

  provides io.hakmem.spi.PoolBoxProvider with
      io.hakmem.smallmid.SmallmidProvider;
}
