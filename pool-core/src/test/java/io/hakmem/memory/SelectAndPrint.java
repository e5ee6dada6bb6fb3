package io.hakmem.memory;

import io.hakmem.gate.PageSourceKind;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;

/** Run in a JVM of its own: prints the name of the selected source once that has worked. */
final class SelectAndPrint {

  private SelectAndPrint() {}

  public static void main(String[] args) {
    try (PageSource source = PageSources.select(PageSourceKind.valueOf(args[0]))) {
      Region region = source.reserve(PageSource.GRANULE_BYTES);
      source.commit(region.base(), region.bytes());
      ZeroFill.zero(region, region.base(), region.bytes());
      System.out.println(source.name());
    }
  }
}
