/** What benchmarks of single operations of a box have in common. */
module io.hakmem.jmh {
  requires transitive io.hakmem.core;
  requires transitive jmh.core;
  requires static org.jspecify;

  exports io.hakmem.jmh;
}
