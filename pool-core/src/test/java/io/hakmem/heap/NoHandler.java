package io.hakmem.heap;

/** What tests tag bins and pages with that are never to reach a slow path: every call fails. */
public final class NoHandler implements BinHandler, PageHandler {

  @Override
  public String name() {
    return "no-handler";
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    throw new UnsupportedOperationException("refill");
  }

  @Override
  public void freeRemote(Page page, long address) {
    throw new UnsupportedOperationException("freeRemote");
  }
}
