/** The contract suites that a box, or a page directory, runs over itself. */
module io.hakmem.tck {
  requires transitive io.hakmem.core;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports io.hakmem.tck;

  opens io.hakmem.tck to
      org.junit.platform.commons;

  uses io.hakmem.spi.PoolBoxProvider;
}
