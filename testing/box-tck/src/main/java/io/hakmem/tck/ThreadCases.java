package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.HeapAccess;
import io.hakmem.heap.LocalHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** What other threads do to the blocks of a heap, and heaps that several threads use. */
final class ThreadCases {

  private static final int RACES = 50_000;

  /** For machines where each round waits for a processor. */
  private static final long MOST_RACING_NS = 3_000_000_000L;

  private static final long MOST_WAITING_S = 60;
  private static final int SPINS = 1_000;
  private static final int BLOCKS = 5_000;
  private static final int THREADS = 6;
  private static final int STEPS = 2_000;
  private static final int MOST_SHARED = 300;

  private final BoxRules rules;

  ThreadCases(BoxRules rules) {
    this.rules = rules;
  }

  void remoteFrees() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    long[] sizes = test.box.blockSizes();
    LiveBlocks live = new LiveBlocks(test);
    int classes = Math.min(3, sizes.length);
    for (int i = 0; i < LiveBlocks.blocks(sizes[classes - 1], BLOCKS); i++) {
      live.allocate(heap, sizes[i % classes]);
    }
    Threads.runToItsEnd(live::freeAll);
    test.flush(heap);
    OneHeapCases.assertLive(test, live);
    test.checkInvariants(heap);
    rules.assertAllBack(test, heap);
  }

  /** The thread frees all and waits; a collector takes it back, and then the thread goes on. */
  void waitingHeap() {
    BoxUnderTest test = rules.newBox();
    CompletableFuture<LocalHeap> waiting = new CompletableFuture<>();
    CountDownLatch goOn = new CountDownLatch(1);
    Threads other =
        Threads.start(
            () -> {
              LocalHeap own = test.newHeap(Thread.currentThread());
              allocateAndFree(test, own);
              waiting.complete(own);
              await(goOn);
              HeapAccess access = own.access();
              int outer = access.enter();
              allocateAndFree(test, own);
              test.checkInvariants(own);
              test.flush(own);
              access.depth = outer;
            });
    try {
      LocalHeap heap = waiting.orTimeout(MOST_WAITING_S, TimeUnit.SECONDS).join();
      collect(test, heap);
      rules.assertAllBack(test, heap);
    } finally {
      goOn.countDown();
    }
    other.join();
  }

  private static void allocateAndFree(BoxUnderTest test, LocalHeap heap) {
    LiveBlocks live = new LiveBlocks(test);
    for (long blockBytes : test.box.blockSizes()) {
      live.allocate(heap, blockBytes);
    }
    live.freeAll();
  }

  /** The thread waits for a latch, which orders what both see. */
  private static void collect(BoxUnderTest test, LocalHeap heap) {
    assertThat(heap.access().stopAllocations() && heap.access().stopFrees()).isTrue();
    assertThat(heap.access().collect(test::flush)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** No address: one of the two threads is done, or has failed. */
  private static final long ENDED = -1;

  void race() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    AtomicLong offered = new AtomicLong();
    Threads other = Threads.start(() -> freeAllOffered(test, offered));
    long endNs = System.nanoTime() + MOST_RACING_NS;
    try {
      for (int i = 0; i < RACES && System.nanoTime() < endNs; i++) {
        long block = heap.allocate(test.box.blockSizes()[0]);
        offered.set(block);
        freeOrBeRefused(test, block);
        awaitOther(offered, block);
        if (offered.get() == ENDED) {
          break; // Its failure is that of the test.
        }
      }
    } finally {
      offered.set(ENDED);
    }
    other.join();
    test.flush(heap);
    test.checkInvariants(heap);
    rules.assertAllBack(test, heap);
  }

  private static void freeAllOffered(BoxUnderTest test, AtomicLong offered) {
    try {
      for (long block = offered.get(); block != ENDED; block = offered.get()) {
        if (block == 0) {
          awaitOther(offered, 0);
        } else {
          freeOrBeRefused(test, block);
          offered.compareAndSet(block, 0);
        }
      }
    } finally {
      offered.set(ENDED);
    }
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

  /** As virtual threads use one: under a lock, and every free of theirs through it. */
  void sharedHeap() {
    BoxUnderTest test = rules.newBox();
    LocalHeap shared = test.newHeap(null);
    LiveBlocks live = new LiveBlocks(test, block -> test.freeFrom(shared, block));
    for (int thread = 0; thread < THREADS; thread++) {
      Threads.runToItsEnd(() -> useShared(test, shared, live));
    }
    OneHeapCases.assertLive(test, live);
    long[] sizes = test.box.blockSizes();
    List<Long> remote = new ArrayList<>();
    for (long bytes : sizes) {
      remote.add(shared.allocate(bytes));
    }
    test.onThread(own -> remote.forEach(test.frees::free));
    live.freeAll();
    test.flush(shared);
    test.checkInvariants(shared);
    rules.assertAllBack(test, shared);
  }

  private static void useShared(BoxUnderTest test, LocalHeap shared, LiveBlocks live) {
    long[] sizes = test.box.blockSizes();
    for (int i = 0; i < STEPS; i++) {
      if (live.isTimeToFree(MOST_SHARED)) {
        live.freeAny();
      } else {
        live.allocate(shared, sizes[live.random(sizes.length)]);
      }
    }
  }

  /** Each box takes its own pages out of the inbox, and leaves those of others to them. */
  void sharedInbox() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    TreeSet<Long> classes = new TreeSet<>();
    test.boxes().forEach(box -> LongStream.of(box.blockSizes()).forEach(classes::add));
    for (int round = 0; round < 3; round++) {
      for (long bytes : classes) {
        for (int i = 0; i < 8; i++) {
          live.allocate(heap, bytes);
        }
      }
      Threads.runToItsEnd(live::freeAll);
      live.allocate(heap, test.box.blockSizes()[0]);
      test.checkInvariants(heap);
      OneHeapCases.assertLive(test, live);
    }
    live.freeAll();
    rules.assertAllBack(test, heap);
  }
}
