package io.hakmem.tck;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;

/** The handler of pages that a test makes by hand, and frees no block of. */
final class NoFrees implements PageHandler {

  @Override
  public String name() {
    return "no-frees";
  }

  @Override
  public void freeRemote(Page page, long address) {
    throw new IllegalStateException("0x%x was freed, though no test here does".formatted(address));
  }
}
