package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.PageSupply.Run;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the box for each test, and knows where it differs on purpose.
 *
 * @param maker composes the box anew
 * @param handsBinsOn as {@link PoolBoxContract#handsBinsOn} says
 * @param keepsEmptyPages as {@link PoolBoxContract#keepsEmptyPages} says
 * @param mostHeldBytes as {@link PoolBoxContract#mostHeldBytes} says
 */
record BoxRules(
    Supplier<BoxUnderTest> maker,
    boolean handsBinsOn,
    boolean keepsEmptyPages,
    long mostHeldBytes) {

  BoxUnderTest newBox() {
    return maker.get();
  }

  /** That nothing is left behind, once no block is live and the heap is flushed. */
  void assertAllBack(BoxUnderTest test, LocalHeap heap) {
    test.flush(heap);
    String box = test.box.name();
    long live = test.liveBytes();
    assertThat(live)
        .withFailMessage(
            "%s: report() tells of %d live bytes, though all blocks are free", box, live)
        .isZero();
    if (!keepsEmptyPages) {
      assertNoRun(box, test.supply.outRuns());
      assertNoPage(box, test.directory.pages());
    }
    long cached = test.cachedBytes();
    long out = test.supply.outBytes();
    assertThat(cached)
        .withFailMessage(
            "%s: report() tells of %d cached bytes, though no block is live and %d bytes are out",
            box, cached, out)
        .isEqualTo(out);
  }

  private static void assertNoRun(String box, List<Run> out) {
    if (!out.isEmpty()) {
      Run first = out.getFirst();
      throw new AssertionError(
          "%s: release was not called for the run of %d KiB at 0x%x, one of %d, though no block is live"
                  .formatted(box, first.memory().byteSize() >> 10, first.base(), out.size())
              + " and the heap was flushed");
    }
  }

  private static void assertNoPage(String box, List<Page> known) {
    if (!known.isEmpty()) {
      throw new AssertionError(
          "%s: unregister was not called for the page at 0x%x, one of %d, whose run went back"
              .formatted(box, known.getFirst().base(), known.size()));
    }
  }
}
