package io.hakmem.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every box that cuts blocks. Extend it, and give it the provider and settings. */
public abstract class PoolBoxContract {

  private static final int STEPS = 40_000;
  private static final int RACES = 50_000;
  private static final int SPINS = 1_000;

  /** For subclasses. */
  protected PoolBoxContract() {}

  /** What makes the box under test. */
  protected abstract PoolBoxProvider provider();

  /** The boxes that the one under test falls back to, the first one asked first. */
  protected List<PoolBoxProvider> behind() {
    return List.of();
  }

  /** The value of every gate that the box reads. */
  protected abstract Settings settings();

  /** Whether the box's bins are handed over to the heaps. */
  protected boolean direct() {
    return false;
  }

  private BoxUnderTest newBox() {
    return new BoxUnderTest(
        Stream.concat(Stream.of(provider()), behind().stream()).toList(), settings(), direct());
  }

  @Test
  void blockSizes_always_areAscendingMultiplesOf16() {
    long last = 0;
    for (long bytes : newBox().box.blockSizes()) {
      assertThat(bytes).isGreaterThan(last);
      assertThat(bytes % 16).isZero();
      last = bytes;
    }
    assertThat(last).isPositive();
  }

  @Test
  void newBin_always_hasNoBlocksAndIsOfItsClass() {
    BoxUnderTest test = newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    long[] sizes = test.box.blockSizes();
    for (int i = 0; i < sizes.length; i++) {
      Bin bin = test.bins(heap).get(i);
      assertThat(bin.hasFreeBlocks()).isFalse();
      assertThat(test.boxes)
          .as("boxes whose class it is")
          .anyMatch(box -> hasClass(box, bin.sizeClass(), bin.blockBytes()));
      assertThat(bin.blockBytes()).isEqualTo(sizes[i]);
      assertThat(bin.box()).isSameAs(test.box);
    }
  }

  private static boolean hasClass(PoolBox box, int sizeClass, long blockBytes) {
    long[] sizes = box.blockSizes();
    return sizeClass < sizes.length && sizes[sizeClass] == blockBytes;
  }

  @Test
  void allocate_fromEachBin_givesDistinctBlocksOfPagesThatTheHeapOwns() {
    BoxUnderTest test = newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    for (Bin bin : test.bins(heap)) {
      Set<Long> blocks = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        long block = bin.box().allocate(heap, bin);
        Page page = test.directory.lookup(block);
        assertThat(blocks.add(block)).isTrue();
        assertThat(page.isLive(block)).isTrue();
        assertThat(page.blockBytes()).isEqualTo(bin.blockBytes());
        assertThat(page.owner()).isSameAs(heap);
      }
    }
  }

  @Test
  void randomSequence_againstAModel_neverOverlapsAndAllComesBack() {
    BoxUnderTest test = newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    long[] sizes = test.box.blockSizes();
    NavigableMap<Long, Long> live = new TreeMap<>();
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      if (order.size() > 600 || (!order.isEmpty() && random.nextInt(9) < 4)) {
        int at = random.nextInt(order.size());
        long block = order.set(at, order.getLast());
        order.removeLast();
        live.remove(block);
        test.frees.free(block);
      } else {
        long bytes = sizes[random.nextInt(sizes.length)];
        long block = heap.allocate(bytes);
        Map.Entry<Long, Long> below = live.lowerEntry(block + bytes);
        if (below != null) {
          assertThat(below.getKey() + below.getValue())
              .as("seed %d", seed)
              .isLessThanOrEqualTo(block);
        }
        live.put(block, bytes);
        order.add(block);
      }
    }
    test.checkInvariants(heap);
    assertThat(test.liveBytes()).isEqualTo(order.stream().mapToLong(live::get).sum());
    order.forEach(test.frees::free);
    assertThat(test.liveBytes()).as("seed %d", seed).isZero();
    assertAllBack(test, heap);
  }

  @Test
  void manyFrees_ofOneClass_collectAndLoseNothing() {
    BoxUnderTest test = newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    long bytes = test.box.blockSizes()[0];
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      blocks.add(heap.allocate(bytes));
    }
    assertThat(new HashSet<>(blocks)).hasSameSizeAs(blocks);
    blocks.forEach(test.frees::free);
    test.checkInvariants(heap);
    assertThat(test.box.counters().values()).allSatisfy(count -> assertThat(count).isNotNegative());
    assertAllBack(test, heap);
  }

  @Test
  void free_twiceOrInside_isNoHit() {
    BoxUnderTest test = newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    long[] sizes = test.box.blockSizes();
    long block = heap.allocate(sizes[Math.min(1, sizes.length - 1)]);
    assertThatThrownBy(() -> test.frees.free(block + 16)).hasMessageContaining("is no live block");
    test.frees.free(block);
    assertThatThrownBy(() -> test.frees.free(block)).hasMessageContaining("is no live block");
    assertAllBack(test, heap);
  }

  @Test
  void freeRemote_byAnotherThread_comesBackToTheOwner() throws InterruptedException {
    BoxUnderTest test = newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    long[] sizes = test.box.blockSizes();
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      blocks.add(heap.allocate(sizes[i % Math.min(3, sizes.length)]));
    }
    Thread other = new Thread(() -> blocks.forEach(test.frees::free));
    other.start();
    other.join();
    test.flush(heap);
    assertThat(test.liveBytes()).isZero();
    test.checkInvariants(heap);
    assertAllBack(test, heap);
  }

  @Test
  void free_byOwnerAndAnotherAtOnce_givesTheBlockBackOnce() throws InterruptedException {
    BoxUnderTest test = newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    long bytes = test.box.blockSizes()[0];
    AtomicLong offered = new AtomicLong();
    Thread other =
        new Thread(
            () -> {
              for (long block = offered.get(); block != -1; block = offered.get()) {
                if (block == 0) {
                  awaitOther(offered, 0);
                } else {
                  freeOrBeRefused(test, block);
                  offered.set(0);
                }
              }
            });
    other.start();
    for (int i = 0; i < RACES; i++) {
      long block = heap.allocate(bytes);
      offered.set(block);
      freeOrBeRefused(test, block);
      awaitOther(offered, block);
    }
    offered.set(-1);
    other.join();
    test.flush(heap);
    test.checkInvariants(heap);
    assertThat(test.liveBytes()).isZero();
    assertAllBack(test, heap);
  }

  /** Spins for a short race, but leaves the processor to the other thread where both share one. */
  private static void awaitOther(AtomicLong offered, long value) {
    for (int spins = 1; offered.get() == value; spins++) {
      if (spins % SPINS == 0) {
        LockSupport.parkNanos(1);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private static void freeOrBeRefused(BoxUnderTest test, long block) {
    try {
      test.frees.free(block);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("is no live block");
    }
  }

  @Test
  void deadOwner_isAdoptedByWhoRefillsNext() throws InterruptedException {
    BoxUnderTest test = newBox();
    long bytes = test.box.blockSizes()[0];
    List<Long> blocks = new ArrayList<>();
    Thread owner =
        new Thread(
            () -> {
              LocalHeap mortal = test.newHeap(Thread.currentThread());
              for (int i = 0; i < 3_000; i++) {
                blocks.add(mortal.allocate(bytes));
              }
            });
    owner.start();
    owner.join();
    LocalHeap heir = test.newHeap(Thread.currentThread());
    long before = test.supply.outBytes();
    List<Long> more = new ArrayList<>(List.of(heir.allocate(bytes)));
    while (test.supply.outBytes() == before && more.size() < 100_000) {
      more.add(heir.allocate(bytes));
    }
    blocks.forEach(test.frees::free);
    more.forEach(test.frees::free);
    test.checkInvariants(heir);
    assertThat(test.liveBytes()).isZero();
    assertAllBack(test, heir);
  }

  @Test
  void supply_failingAtEachCall_losesNothingAndGoesOn() {
    BoxUnderTest counted = newBox();
    counted.supply.failAt(-1);
    scenario(counted);
    int calls = counted.supply.calls();
    assertThat(calls).isPositive();
    for (int call = 0; call < calls; call++) {
      BoxUnderTest test = newBox();
      test.supply.failAt(call);
      assertThatThrownBy(() -> scenario(test))
          .isInstanceOf(OutOfNativeMemoryException.class)
          .hasMessageContaining("was told to fail");
      test.supply.failAt(-1);
      scenario(test);
    }
  }

  /** Leaves nothing behind when it ends, nor when it is refused memory. */
  private static void scenario(BoxUnderTest test) {
    LocalHeap heap = test.newHeap(Thread.currentThread());
    List<Long> blocks = new ArrayList<>();
    try {
      for (long bytes : test.box.blockSizes()) {
        for (int i = 0; i < 12; i++) {
          blocks.add(heap.allocate(bytes));
        }
      }
    } finally {
      blocks.forEach(test.frees::free);
      test.checkInvariants(heap);
      assertAllBack(test, heap);
    }
  }

  private static void assertAllBack(BoxUnderTest test, LocalHeap heap) {
    test.flush(heap);
    assertThat(test.cachedBytes()).isZero();
    assertThat(test.supply.outBytes()).isZero();
    assertThat(test.directory.size()).isZero();
  }
}
