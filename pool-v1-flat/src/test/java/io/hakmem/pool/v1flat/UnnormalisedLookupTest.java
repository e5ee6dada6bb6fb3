package io.hakmem.pool.v1flat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.Decay;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.Interval;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.pool.v1.PoolV1Provider;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.NoBox;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Why addresses become page keys in one place: the original registered a page by its base and
 * looked an address up by the address rounded down, so that frees fell back with {@code page_null}
 * as soon as a mapping did not begin at a page boundary. That directory is composed here with the
 * flatten box, whose counters tell.
 */
final class UnnormalisedLookupTest {

  private static final long BLOCK_BYTES = 512;
  private static final int BLOCKS = 4_000;
  private static final long SHIFT_BYTES = 20 << 10;

  @Test
  void unnormalised_shiftedMappings_freesBehindTheBoundaryArePageNull() {
    Composed composed = new Composed(false, SHIFT_BYTES);
    List<Long> blocks = composed.allocateAll();
    long behind = blocks.stream().filter(composed::isBehindTheBoundary).count();
    blocks.forEach(composed.frees::free);
    assertThat(behind).isGreaterThan(BLOCKS / 4);
    assertThat(composed.count("page_null")).isEqualTo(behind);
    assertThat(composed.count("free_fb")).isEqualTo(behind);
    assertThat(composed.count("free_tls_hit")).isEqualTo(BLOCKS - behind);
    assertThat(composed.refused).isEqualTo(behind);
  }

  @Test
  void unnormalised_shiftedMappings_foreignFreesAreAllPageNull() throws InterruptedException {
    Composed composed = new Composed(false, SHIFT_BYTES);
    composed.freeAllByAnotherThread();
    assertThat(composed.count("page_null")).isEqualTo(BLOCKS);
    assertThat(composed.count("not_mine_foreign_owner")).isZero();
  }

  @Test
  void unnormalised_alignedMappings_hideTheMistake() throws InterruptedException {
    Composed composed = new Composed(false, 0);
    composed.allocateAll().forEach(composed.frees::free);
    assertThat(composed.count("free_tls_hit")).isEqualTo(BLOCKS);
    composed.freeAllByAnotherThread();
    assertThat(composed.count("not_mine_foreign_owner")).isEqualTo(BLOCKS);
    assertThat(composed.count("page_null")).isZero();
  }

  @Test
  void normalised_shiftedMappings_noFreeIsPageNull() throws InterruptedException {
    Composed composed = new Composed(true, SHIFT_BYTES);
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
    private final long shiftBytes;
    private final PageDirectory directory;
    private final PoolBox box;
    private final LocalHeap heap;
    private final LocalHeap nobody;

    Composed(boolean normalised, long shiftBytes) {
      this.shiftBytes = shiftBytes;
      ShiftedSupply supply = new ShiftedSupply(shiftBytes);
      directory = new SwitchedDirectory(normalised, supply);
      Settings settings =
          FlatContractTest.settings(
              Map.of(FlatGates.ENABLED.name(), "1", FlatGates.STATS.name(), "1"));
      PoolBox next = new NoBox();
      for (PoolBoxProvider provider : List.of(new PoolV1Provider(), new FlatProvider())) {
        next =
            provider.create(
                new BoxContext(next, directory, supply, () -> new Decay(() -> 0, 1), settings));
      }
      box = next;
      heap = newHeap(Thread.currentThread());
      nobody = newHeap(null);
      Bin[] route = new Bin[(int) (BLOCK_BYTES >>> LocalHeap.ROUTE_SHIFT) + 1];
      Arrays.fill(route, box.newBin(heap, Arrays.binarySearch(box.blockSizes(), BLOCK_BYTES)));
      heap.route(route);
    }

    private LocalHeap newHeap(@Nullable Thread thread) {
      return new LocalHeap(
          thread, this, directory::lookup, frees, Integer.MAX_VALUE, new Interval(() -> 0, 1));
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

    /** Whether the page begins in the 64 KiB before those of the address. */
    boolean isBehindTheBoundary(long address) {
      return address % PageKey.PAGE_BYTES < shiftBytes;
    }

    long count(String counter) {
      return box.counters().getOrDefault("pool_v1_flat_" + counter, -1L);
    }

    @Override
    public long allocateSlow(LocalHeap from, long bytes) {
      Bin bin = from.binFor(bytes);
      if (bin == null) {
        throw new IllegalArgumentException("no class for " + bytes);
      }
      return bin.box().allocate(from, bin);
    }

    @Override
    public void collectSlow(LocalHeap from) {
      box.collect(from);
    }

    /** Refuses where the composed allocator throws. */
    @Override
    public void freeSlow(long address) {
      Page page = directory.lookup(address);
      box.missedFree(heap.thread() == Thread.currentThread() ? heap : nobody, page, address);
      if (page == Page.NONE || !page.claimRemote(address)) {
        refused++;
      } else {
        page.box().freeRemote(page, address);
      }
    }
  }
}
