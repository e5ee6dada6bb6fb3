package io.hakmem.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class DeferredCloseTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 50;

  private final AtomicInteger closes = new AtomicInteger();
  private final DeferredClose live = new DeferredClose(closes::incrementAndGet, "the memory");

  @Test
  void close_whenNothingLives_closesAtOnce() {
    live.begin(3);
    live.end(3);
    assertThat(closes).hasValue(0);
    live.close();
    assertThat(closes).hasValue(1);
  }

  @Test
  void close_whileSomethingLives_waitsForItsEnd() {
    live.begin(3);
    live.begin(5);
    live.close();
    live.end(3);
    live.change(5, 9);
    live.change(9, 1);
    assertThat(closes).hasValue(0);
    assertThat(live.live()).isEqualTo(1);
    live.end(1);
    assertThat(closes).hasValue(1);
  }

  @Test
  void begin_afterTheClose_isRefusedAndCountsNothing() {
    live.begin(3);
    live.close();
    assertThatThrownBy(() -> live.begin(7))
        .isInstanceOf(AllocatorClosedException.class)
        .hasMessage("the memory is closed");
    assertThat(live.live()).isEqualTo(3);
    assertThat(closes).hasValue(0);
  }

  /** Others are refused meanwhile, each of which counts for a moment. */
  @Test
  void close_underThreads_neverComesBeforeTheLastEnd() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int round = 0; round < ROUNDS; round++) {
        runRound(threads);
      }
    }
  }

  private static void runRound(ExecutorService threads) throws Exception {
    AtomicInteger living = new AtomicInteger();
    AtomicReference<String> early = new AtomicReference<>();
    AtomicInteger closed = new AtomicInteger();
    DeferredClose live =
        new DeferredClose(
            () -> {
              closed.incrementAndGet();
              if (living.get() != 0) {
                early.set(living + " live");
              }
            },
            "the memory");
    CountDownLatch started = new CountDownLatch(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      all.add(
          threads.submit(
              () -> {
                started.countDown();
                while (beginAndEnd(live, living)) {
                  Thread.onSpinWait();
                }
              }));
    }
    started.await();
    live.close();
    for (Future<?> each : all) {
      each.get();
    }
    assertThat(early).hasValue(null);
    assertThat(closed.get()).isPositive();
    assertThat(live.live()).isZero();
  }

  private static boolean beginAndEnd(DeferredClose live, AtomicInteger living) {
    try {
      live.begin(2);
    } catch (AllocatorClosedException refused) {
      return false;
    }
    living.incrementAndGet();
    live.change(2, 5);
    living.decrementAndGet();
    live.end(5);
    return true;
  }

  /** Whoever ends the last block did so, whatever the memory does. */
  @Test
  void end_whoseCloseIsRefused_isDoneAndAnotherCloseTriesAgain() {
    AtomicInteger tried = new AtomicInteger();
    DeferredClose refused =
        new DeferredClose(
            () -> {
              if (tried.incrementAndGet() < 3) {
                throw new IllegalStateException("in use by native calls");
              }
            },
            "the memory");
    refused.begin(3);
    refused.close();
    refused.end(3);
    assertThat(tried).hasValue(1);
    assertThat(refused.live()).isZero();
    assertThatThrownBy(refused::close).hasMessage("in use by native calls");
    refused.close();
    assertThat(tried).hasValue(3);
  }
}
