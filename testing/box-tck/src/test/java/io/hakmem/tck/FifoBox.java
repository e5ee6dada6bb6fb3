package io.hakmem.tck;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBox;
import io.hakmem.paged.PerHeap;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the blocks of each class that were freed last, and takes them back in the order of their
 * frees: so a use after a free meets for longer what was there.
 */
final class FifoBox extends PagedBox {

  static final String NAME = "fifo";

  /** Bytes of freed blocks that a heap keeps of each class, at most. */
  static final long MOST_HELD_BYTES = 16 << 10;

  private static final long[] SIZES = {16, 48, 64, 1024, 4096, 16384};

  private final PerHeap<Held> held =
      new PerHeap<>(Held.class, heap -> new Held(SIZES.length), ended -> {});

  FifoBox(BoxContext context) {
    super(context, PagePolicy.standard("fifo_").holdingFreed(), SIZES);
  }

  static PoolBoxProvider provider() {
    return new PoolBoxProvider() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public int place() {
        return 100;
      }

      @Override
      public boolean isSelected(Settings settings) {
        return true;
      }

      @Override
      public PoolBox create(BoxContext context) {
        return new FifoBox(context);
      }
    };
  }

  /** Held blocks of one heap, by class, those first that were freed first. */
  private static final class Held {

    private final List<Deque<Block>> byClass;

    private Held(int classes) {
      byClass =
          Stream.generate(() -> (Deque<Block>) new ArrayDeque<Block>()).limit(classes).toList();
    }
  }

  private record Block(Page page, long address) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    return newPagedBin(heap, sizeClass).freesThroughBox();
  }

  @Override
  public void free(LocalHeap heap, Page page, long address) {
    page.hold(address);
    int sizeClass = Arrays.binarySearch(SIZES, page.blockBytes());
    Deque<Block> blocks = held.of(heap).byClass.get(sizeClass);
    blocks.addLast(new Block(page, address));
    if (blocks.size() * page.blockBytes() > MOST_HELD_BYTES) {
      takeBackFirst(heap, blocks);
    }
  }

  private static void takeBackFirst(LocalHeap heap, Deque<Block> blocks) {
    Block first = blocks.removeFirst();
    heap.takeBack(first.page, first.address);
  }

  @Override
  protected void releaseHeld(LocalHeap heap) {
    for (Deque<Block> blocks : held.of(heap).byClass) {
      while (!blocks.isEmpty()) {
        takeBackFirst(heap, blocks);
      }
    }
  }
}
