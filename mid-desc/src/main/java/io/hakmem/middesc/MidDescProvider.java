package io.hakmem.middesc;

import io.hakmem.spi.PoolBoxProvider;

/** Makes the page directory box known to the composer. */
public final class MidDescProvider implements PoolBoxProvider {

  @Override
  public String name() {
    return "mid-desc";
  }
}
