package io.hakmem.pool.v1flat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.Interval;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.FreeListener;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Why addresses become page keys in one place: the original registered a page by its base and
 * looked an address up by the address rounded down, so that frees fell back with {@code page_null}
 * as soon as a page did not begin at a page boundary. That directory is composed here with the
 * flatten box, whose counters tell, over pages that begin behind a header.
 */
final class UnnormalisedLookupTest {

  private static final long BLOCK_BYTES = 512;
  private static final int BLOCKS = 4_000;
  private static final int HEADER_BYTES = 16;

  @Test
  void unnormalised_headedPages_freesBehindTheFirstKeyArePageNull() {
    Composed composed = new Composed(false, HEADER_BYTES);
    List<Long> blocks = composed.allocateAll();
    long behind = blocks.stream().filter(block -> !composed.supply.isInFirstPage(block)).count();
    blocks.forEach(composed.frees::free);
    assertThat(behind).isGreaterThan(BLOCKS / 4);
    assertThat(composed.count("page_null")).isEqualTo(behind);
    assertThat(composed.count("free_fb")).isEqualTo(behind);
    assertThat(composed.count("free_tls_hit")).isEqualTo(BLOCKS - behind);
    assertThat(composed.refused).isEqualTo(behind);
  }

  @Test
  void unnormalised_headedPages_foreignFreesAreAllPageNull() throws InterruptedException {
    Composed composed = new Composed(false, HEADER_BYTES);
    composed.freeAllByAnotherThread();
    assertThat(composed.count("page_null")).isEqualTo(BLOCKS);
    assertThat(composed.count("not_mine_foreign_owner")).isZero();
  }

  @Test
  void unnormalised_alignedPages_hideTheMistake() throws InterruptedException {
    Composed composed = new Composed(false, 0);
    composed.allocateAll().forEach(composed.frees::free);
    assertThat(composed.count("free_tls_hit")).isEqualTo(BLOCKS);
    composed.freeAllByAnotherThread();
    assertThat(composed.count("not_mine_foreign_owner")).isEqualTo(BLOCKS);
    assertThat(composed.count("page_null")).isZero();
  }

  @Test
  void normalised_headedPages_noFreeIsPageNull() throws InterruptedException {
    Composed composed = new Composed(true, HEADER_BYTES);
    composed.allocateAll().forEach(composed.frees::free);
    assertThat(composed.count("free_tls_hit")).isEqualTo(BLOCKS);
    assertThat(composed.count("free_fb")).isZero();
    composed.freeAllByAnotherThread();
    assertThat(composed.count("not_mine_foreign_owner")).isEqualTo(BLOCKS);
    assertThat(composed.count("page_null")).isZero();
    assertThat(composed.refused).isZero();
  }

  /** The flatten box over pool v1, with one heap of one size. */
  private static final class Composed implements LocalHeap.SlowPath, FreePath.SlowPath {

    final FreePath frees = new FreePath(this, true);
    long refused;
    private final SpacedSupply supply = new SpacedSupply();
    private final PageDirectory directory;
    private final PoolBox box;
    private final FreeListener listener;
    private final LocalHeap heap;
    private final LocalHeap nobody;

    Composed(boolean normalised, int headerBytes) {
      directory = new SwitchedDirectory(normalised, supply);
      Settings settings =
          FlatContractTest.settings(
              Map.of(FlatGates.ENABLED.name(), "1", FlatGates.STATS.name(), "1"));
      Context alone = new Context(Optional.empty(), directory, supply, settings);
      PoolBox next = new HeadedPool(alone, BLOCK_BYTES, headerBytes);
      box = new FlatProvider().create(new Context(Optional.of(next), directory, supply, settings));
      listener = (FreeListener) box;
      heap = newHeap(Thread.currentThread());
      nobody = newHeap(null);
      Bin[] route = new Bin[(int) (BLOCK_BYTES >>> LocalHeap.ROUTE_SHIFT) + 1];
      Arrays.fill(route, box.newBin(heap, Arrays.binarySearch(box.blockSizes(), BLOCK_BYTES)));
      heap.route(route);
    }

    private LocalHeap newHeap(@Nullable Thread thread) {
      return new LocalHeap(
          thread, this, directory, frees, Integer.MAX_VALUE, new Interval(() -> 0, 1));
    }

    List<Long> allocateAll() {
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < BLOCKS; i++) {
        blocks.add(heap.allocate(BLOCK_BYTES));
      }
      return blocks;
    }

    void freeAllByAnotherThread() throws InterruptedException {
      List<Long> blocks = allocateAll();
      Thread other = new Thread(() -> blocks.forEach(frees::free));
      other.start();
      other.join();
    }

    long count(String counter) {
      return box.report().counters().getOrDefault("pool_v1_flat_" + counter, -1L);
    }

    @Override
    public long allocateSlow(LocalHeap from, long bytes) {
      Bin bin = from.binFor(bytes);
      if (bin == null) {
        throw new IllegalArgumentException("no class for " + bytes);
      }
      return bin.handler().allocate(from, bin);
    }

    @Override
    public void collectSlow(LocalHeap from) {
      box.collect(from);
    }

    /** Refuses where the composed allocator throws. */
    @Override
    public void freeSlow(long address) {
      Page page = directory.lookup(address);
      listener.missedFree(heap.thread() == Thread.currentThread() ? heap : nobody, page, address);
      if (page == Page.NONE || !page.claimRemote(address)) {
        refused++;
      } else {
        page.handler().freeRemote(page, address);
      }
    }
  }

  /** What a box is made from. */
  private record Context(
      Optional<PoolBox> next, PageDirectory directory, PageSupply supply, Settings settings)
      implements BoxContext {}
}
