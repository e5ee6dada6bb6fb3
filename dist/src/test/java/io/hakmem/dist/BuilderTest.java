package io.hakmem.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.HakAllocatorMXBean;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.SettingsException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The least, the most and the longest that a builder takes. */
final class BuilderTest {

  private static void assertServes(HakAllocator.Builder builder) {
    try (HakAllocator allocator = builder.build()) {
      for (long bytes : new long[] {1, 5000, 3 << 20}) {
        allocator.free(allocator.allocateZeroed(bytes));
      }
      allocator.collect();
      allocator.trim();
      assertThat(allocator.liveBytes()).isZero();
    }
  }

  @Test
  void decay_ofAnyTimeThatALongHolds_serves() {
    for (Duration time :
        List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofDays(1),
            Duration.ofMillis(Long.MAX_VALUE))) {
      assertServes(HakAllocator.builder().decay(time));
    }
  }

  @Test
  void decay_ofALongerTimeOrANegativeOne_isRefusedAtOnce() {
    HakAllocator.Builder builder = HakAllocator.builder();
    Duration most = Duration.ofMillis(Long.MAX_VALUE);
    assertThatThrownBy(() -> builder.decay(most.plusNanos(1)))
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith("must be at most %d ms", Long.MAX_VALUE);
    assertThatThrownBy(() -> builder.decay(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
        .isInstanceOf(SettingsException.class);
    assertThatThrownBy(() -> builder.decay(Duration.ofNanos(-1)))
        .isInstanceOf(SettingsException.class)
        .hasMessage("HAKMEM_DECAY_MS=PT-0.000000001S, set by builder, must be at least 0 ms");
    assertServes(builder);
  }

  @Test
  void memoryLimit_ofTheLeastAndTheMost_isKept() {
    assertServes(HakAllocator.builder().memoryLimit(0));
    assertServes(HakAllocator.builder().memoryLimit(Long.MAX_VALUE));
    assertThatThrownBy(() -> HakAllocator.builder().memoryLimit(Long.MIN_VALUE).build().close())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("HAKMEM_MEMORY_LIMIT=%d, set by builder", Long.MIN_VALUE);
    try (HakAllocator allocator = HakAllocator.builder().memoryLimit(1).build()) {
      for (long bytes : new long[] {1, 5000, 3 << 20}) {
        assertThatThrownBy(() -> allocator.allocate(bytes))
            .isInstanceOf(OutOfNativeMemoryException.class)
            .hasMessageContaining("limit 1 (HAKMEM_MEMORY_LIMIT)");
      }
      assertThat(allocator.committedBytes()).isZero();
    }
  }

  @Test
  void name_ofAnyLength_isThatOfTheBean() throws JMException {
    for (String name : List.of("", "n".repeat(10_000), ",\n".repeat(5_000))) {
      assertServes(HakAllocator.builder().name(name));
      assertServes(HakAllocator.builder().jmx(name));
      assertThat(System.getProperty(HakAllocatorMXBean.BEANS_PROPERTY, "")).isEmpty();
      assertThat(
              ManagementFactory.getPlatformMBeanServer()
                  .queryNames(new ObjectName(HakAllocatorMXBean.OBJECT_NAMES), null))
          .isEmpty();
    }
  }

  @Test
  void name_withEndsOfLines_isOneLineOfAMessage() {
    try (HakAllocator allocator = HakAllocator.builder().name("a\nb").memoryLimit(1).build()) {
      assertThatThrownBy(() -> allocator.allocate(1))
          .isInstanceOf(OutOfNativeMemoryException.class)
          .hasMessageContaining("allocator a\\u000ab has 0 bytes live");
    }
  }
}
