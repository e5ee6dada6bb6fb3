/** The page directory box. */
module io.hakmem.middesc {
  requires io.hakmem.core;
  requires static org.jspecify;

  provides io.hakmem.spi.PageDirectoryProvider with
      io.hakmem.middesc.MidDescProvider;
}
