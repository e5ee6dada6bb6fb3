package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What becomes of the pages of threads that have ended. */
final class DeadOwnerCases {

  private static final int BLOCKS = 3_000;
  private static final int MOST_A_CLASS = 90;
  private static final long MOST_BYTES_A_CLASS = 512 << 10;
  private static final int MOST_MORE = 100_000;
  private static final int SHORT_THREADS = 200;
  private static final int MOST_WAITING_S = 60;
  private static final long DEADLINE_MS = 5_000;

  private final BoxRules rules;

  DeadOwnerCases(BoxRules rules) {
    this.rules = rules;
  }

  void adoption() {
    BoxUnderTest test = rules.newBox();
    long bytes = test.box.blockSizes()[0];
    LiveBlocks live = new LiveBlocks(test);
    test.onThread(mortal -> allocate(live, mortal, bytes, LiveBlocks.blocks(bytes, BLOCKS)));
    LocalHeap heir = test.newHeap(Thread.currentThread());
    long before = test.supply.outBytes();
    live.allocate(heir, bytes);
    for (int i = 0; i < MOST_MORE && test.supply.outBytes() == before; i++) {
      live.allocate(heir, bytes);
    }
    OneHeapCases.assertLive(test, live);
    live.freeAll();
    test.checkInvariants(heir);
    rules.assertAllBack(test, heir);
  }

  private static void allocate(LiveBlocks live, LocalHeap heap, long bytes, int count) {
    for (int i = 0; i < count; i++) {
      live.allocate(heap, bytes);
    }
  }

  void adoptionOfEveryState() {
    BoxUnderTest test = rules.newBox();
    long[] sizes = test.box.blockSizes();
    List<Long> kept = new ArrayList<>();
    List<Long> remote = new ArrayList<>();
    CountDownLatch ready = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Threads mortal =
        Threads.start(
            () -> {
              try {
                LocalHeap own = test.newHeap(Thread.currentThread());
                freeEveryThird(test, own, sizes, kept, remote);
              } finally {
                ready.countDown();
              }
              await(mayEnd);
            });
    await(ready);
    List<Long> later = remote.subList(0, remote.size() / 2);
    remote.subList(remote.size() / 2, remote.size()).forEach(test.frees::free);
    mayEnd.countDown();
    mortal.join();
    later.forEach(test.frees::free);
    LocalHeap heir = test.newHeap(Thread.currentThread());
    for (long bytes : sizes) {
      kept.add(heir.allocate(bytes));
    }
    test.flush(heir);
    test.checkInvariants(heir);
    long expected =
        kept.stream().mapToLong(block -> test.directory.lookup(block).blockBytes()).sum();
    assertThat(test.liveBytes())
        .withFailMessage(
            "%s: report() tells of %d live bytes after the adoption, callers hold %d",
            test.box.name(), test.liveBytes(), expected)
        .isEqualTo(expected);
    kept.forEach(test.frees::free);
    rules.assertAllBack(test, heir);
  }

  /** A third is freed by the owner, which a box may hold, a third is for another thread. */
  private static void freeEveryThird(
      BoxUnderTest test, LocalHeap own, long[] sizes, List<Long> kept, List<Long> remote) {
    List<Long> freed = new ArrayList<>();
    List<List<Long>> fates = List.of(freed, kept, remote);
    for (long bytes : sizes) {
      long blocks = Math.clamp(MOST_BYTES_A_CLASS / bytes, fates.size(), MOST_A_CLASS);
      for (int i = 0; i < blocks; i++) {
        fates.get(i % fates.size()).add(own.allocate(bytes));
      }
    }
    freed.forEach(test.frees::free);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(MOST_WAITING_S, TimeUnit.SECONDS)) {
        throw new AssertionError("a thread of the test did not go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a thread of the test ran", e);
    }
  }

  void shortThreads() {
    BoxUnderTest test = rules.newBox();
    List<WeakReference<LocalHeap>> heaps = new ArrayList<>();
    for (int i = 0; i < SHORT_THREADS; i++) {
      test.onThread(
          mortal -> {
            heaps.add(new WeakReference<>(mortal));
            LiveBlocks live = new LiveBlocks(test);
            for (long bytes : test.box.blockSizes()) {
              live.allocate(mortal, bytes);
            }
            live.freeAll();
          });
    }
    LocalHeap last = test.newHeap(Thread.currentThread());
    test.frees.free(last.allocate(test.box.blockSizes()[0]));
    test.flush(last);
    assertAllCollected(test, heaps);
    rules.assertAllBack(test, last);
  }

  private static void assertAllCollected(BoxUnderTest test, List<WeakReference<LocalHeap>> heaps) {
    long deadlineNs = System.nanoTime() + DEADLINE_MS * 1_000_000;
    long left = heaps.size();
    while (left > 0 && System.nanoTime() < deadlineNs) {
      System.gc();
      left = heaps.stream().filter(heap -> heap.get() != null).count();
    }
    assertThat(left)
        .withFailMessage(
            "%s: %d heaps of %d threads that have ended are still reachable: what was attached for"
                + " them, or their pages, were not forgotten",
            test.box.name(), left, heaps.size())
        .isZero();
  }
}
