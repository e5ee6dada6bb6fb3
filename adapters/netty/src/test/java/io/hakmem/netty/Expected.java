package io.hakmem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * How many of upstream's tests a suite runs: fewer are an error too. Afterwards nothing may have
 * leaked, and no buffer may live.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Expected.Count.class)
@interface Expected {

  int passed();

  int aborted() default 0;

  int disabled() default 0;

  /** Buffers that upstream's tests leave, as {@link Ours#releaseLeft} says. */
  int left() default 0;

  /** Counts the tests of one class. */
  final class Count implements TestWatcher, AfterAllCallback {

    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private final AtomicInteger disabled = new AtomicInteger();

    @Override
    public void testSuccessful(ExtensionContext context) {
      passed.incrementAndGet();
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
      aborted.incrementAndGet();
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
      disabled.incrementAndGet();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
      Expected expected = context.getRequiredTestClass().getAnnotation(Expected.class);
      assertThat(new int[] {passed.get(), aborted.get(), disabled.get()})
          .as("passed, aborted and disabled tests of upstream")
          .containsExactly(expected.passed(), expected.aborted(), expected.disabled());
      Ours ours = Ours.of(context.getRequiredTestClass());
      assertThat(ours.releaseLeft()).as("buffers left").isEqualTo(expected.left());
      HakByteBufAllocator allocator = ours.allocator();
      assertThat(CountingLeakDetector.take(allocator)).as("LEAK lines").isEmpty();
      assertThat(allocator.usedDirectMemory()).as("bytes of live buffers").isZero();
      allocator.close();
    }
  }
}
