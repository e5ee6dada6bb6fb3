package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Gate;
import io.hakmem.heap.Bin;
import io.hakmem.heap.BinHandler;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.PageTable;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.Arrays;
import java.util.List;

/** What a box says of itself before it serves. */
final class ShapeCases {

  private static final long STEP = 16;

  private final BoxRules rules;

  ShapeCases(BoxRules rules) {
    this.rules = rules;
  }

  void names(PoolBoxProvider provider) {
    PoolBox box = rules.newBox().box;
    assertThat(box.name()).withFailMessage("name() of the box is blank").isNotBlank();
    assertThat(box.name())
        .withFailMessage("the box is called %s, its provider %s", box.name(), provider.name())
        .isEqualTo(provider.name())
        .isEqualTo(rules.newBox().box.name());
  }

  static void gates(PoolBoxProvider provider) {
    List<String> names = provider.gates().stream().<String>map(Gate::name).toList();
    assertThat(names)
        .withFailMessage("%s: gates() has a name twice: %s", provider.name(), names)
        .doesNotHaveDuplicates();
    assertThat(names)
        .withFailMessage("%s: gates() must begin with HAKMEM_: %s", provider.name(), names)
        .allMatch(name -> name.startsWith("HAKMEM_"));
  }

  void blockSizes() {
    PoolBox box = rules.newBox().box;
    String sizes = Arrays.toString(box.blockSizes());
    long last = 0;
    for (long bytes : box.blockSizes()) {
      assertThat(bytes)
          .withFailMessage("%s: blockSizes() must ascend: %s", box.name(), sizes)
          .isGreaterThan(last);
      assertThat(bytes % STEP == 0 && bytes <= PageTable.REACH_BYTES)
          .withFailMessage(
              "%s: blockSizes() must be multiples of %d up to %d: %s",
              box.name(), STEP, PageTable.REACH_BYTES, sizes)
          .isTrue();
      last = bytes;
    }
    assertThat(last).withFailMessage("%s: blockSizes() is empty", box.name()).isPositive();
    assertThat(Arrays.toString(box.blockSizes()))
        .withFailMessage("%s: blockSizes() changes from call to call", box.name())
        .isEqualTo(sizes);
  }

  void newBin() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    long[] sizes = test.box.blockSizes();
    for (int i = 0; i < sizes.length; i++) {
      Bin bin = test.bins(heap).get(i);
      String which = "%s: newBin() for class %d of %d B".formatted(test.box.name(), i, sizes[i]);
      assertThat(bin.hasFreeBlocks())
          .withFailMessage("%s returned a bin that has blocks before its first refill", which)
          .isFalse();
      assertThat(bin.blockBytes())
          .withFailMessage("%s returned a bin for blocks of %d B", which, bin.blockBytes())
          .isEqualTo(sizes[i]);
      assertThat(test.boxes())
          .withFailMessage("%s returned a bin whose class no box has", which)
          .anyMatch(box -> hasClass(box, bin.sizeClass(), bin.blockBytes()));
      assertThat(test.boxes())
          .withFailMessage("%s returned a bin whose handler is %s", which, bin.handler().name())
          .anyMatch(box -> isSame(box, bin.handler()) && mayServe(test, box));
    }
  }

  private boolean mayServe(BoxUnderTest test, PoolBox box) {
    return isSame(box, test.box) || rules.handsBinsOn();
  }

  @SuppressWarnings("ReferenceEquality") // A box may override equals.
  private static boolean isSame(PoolBox box, BinHandler handler) {
    return box == handler;
  }

  private static boolean hasClass(PoolBox box, int sizeClass, long blockBytes) {
    long[] sizes = box.blockSizes();
    return sizeClass < sizes.length && sizes[sizeClass] == blockBytes;
  }
}
