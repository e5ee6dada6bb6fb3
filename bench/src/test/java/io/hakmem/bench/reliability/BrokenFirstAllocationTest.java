package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.HakAllocator;
import io.hakmem.bench.reliability.FaultySource.Call;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first allocation of a thread fills its heap in advance, and an Error ends that half-way. */
@Timeout(60)
final class BrokenFirstAllocationTest {

  private static final int MOST_COMMITS = 12;

  private final FaultySource source = new FaultySource();

  private HakAllocator allocator() {
    return HakAllocator.builder()
        .pageSource(source)
        .set("HAKMEM_PROFILE", "THROUGHPUT")
        .set("HAKMEM_COMMIT_BYTES", "64KiB")
        .set("HAKMEM_REGION_BYTES", "1MiB")
        .set("HAKMEM_HEAP_PREFILL", "64KiB")
        .build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allocate_sourceThatThrowsWhileTheHeapIsFilled_losesNothing(boolean threadEnds)
      throws InterruptedException {
    for (int commit = 1; commit <= MOST_COMMITS; commit++) {
      try (HakAllocator allocator = allocator()) {
        source.failWith(() -> new StackOverflowError("injected")); // All else is out of memory.
        int number = source.calls(Call.COMMIT) + commit;
        source.fail(Call.COMMIT, number, number);
        run(allocator, threadEnds);
      }
      assertThat(source.regionCount()).isZero();
    }
  }

  private void run(HakAllocator allocator, boolean threadEnds) throws InterruptedException {
    AtomicReference<Throwable> first = new AtomicReference<>();
    AtomicReference<Throwable> next = new AtomicReference<>();
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch trimmed = new CountDownLatch(1);
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  first.set(catchThrowable(() -> allocator.allocate(100)));
                  failed.countDown();
                  next.set(
                      catchThrowable(
                          () -> {
                            trimmed.await();
                            allocator.free(allocator.allocate(100));
                            allocator.trim();
                          }));
                });
    failed.await();
    assertThat(first.get()).hasMessageContaining("injected");
    assertThat(source.committedBytes()).isEqualTo(allocator.stats().committedBytes());
    if (threadEnds) {
      trimmed.countDown();
      thread.join();
      assertThat(next.get()).isNull();
    }
    allocator.trim();
    assertThat(allocator.stats().liveBytes()).isZero();
    assertThat(source.committedBytes()).isZero();
    trimmed.countDown();
    thread.join();
    assertThat(next.get()).isNull();
    allocator.trim();
    assertThat(source.committedBytes()).isZero();
    assertThat(allocator.stats().committedBytes()).isZero();
  }
}
