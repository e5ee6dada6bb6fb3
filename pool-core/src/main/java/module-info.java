/** The API, the contract of the boxes and the core allocator. */
module io.hakmem.core {
  requires java.management;
  requires jdk.jfr;
  requires org.slf4j;
  requires static org.jspecify;

  exports io.hakmem;
  exports io.hakmem.adapter;
  exports io.hakmem.gate;
  exports io.hakmem.heap;
  exports io.hakmem.paged;
  exports io.hakmem.spi;

  uses io.hakmem.spi.PageDirectoryProvider;
  uses io.hakmem.spi.PoolBoxProvider;
  uses org.slf4j.spi.SLF4JServiceProvider;

  provides io.hakmem.spi.PoolBoxProvider with
      io.hakmem.pool.v1.PoolV1Provider;
}
