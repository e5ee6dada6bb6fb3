package io.hakmem.purge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The thread goes on whatever breaks a step of it off: nobody would start another one. */
final class PurgeThreadTest {

  private static final int PURGES = 5;

  /** Every second question for the time of the next purge ends like one in a full Java heap. */
  private static final class Failing implements Purgeable {

    private final CountDownLatch purges = new CountDownLatch(PURGES);
    private final AtomicInteger questions = new AtomicInteger();

    @Override
    public long intervalNs() {
      if (questions.incrementAndGet() % 2 == 0) {
        throw new OutOfMemoryError("injected");
      }
      return TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public boolean purge() {
      purges.countDown();
      return purges.getCount() > 0;
    }
  }

  @Test
  void run_stepsThatEndWithAnError_goesOn() throws InterruptedException {
    Failing allocator = new Failing();
    assertThat(PurgeThread.SHARED.add(allocator)).isTrue();
    assertThat(allocator.purges.await(20, TimeUnit.SECONDS)).as("all purges").isTrue();
  }
}
