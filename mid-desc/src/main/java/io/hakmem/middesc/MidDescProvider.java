package io.hakmem.middesc;

import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;

/** Makes the page directory box known to the composer. */
public final class MidDescProvider implements PageDirectoryProvider {

  @Override
  public String name() {
    return "mid-desc";
  }

  @Override
  public PageDirectory create() {
    return new WindowDirectory();
  }
}
