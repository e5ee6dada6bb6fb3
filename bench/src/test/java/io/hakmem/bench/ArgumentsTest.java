package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.hakmem.Compositions;
import io.hakmem.HakAllocator;
import io.hakmem.MemoryBudget;
import io.hakmem.gate.PageSourceKind;
import io.hakmem.gate.Profile;
import io.hakmem.spi.PageSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that are refused at once, and odd ones that are not. */
@SuppressWarnings("NullAway") // What a caller without such a check can hand in.
final class ArgumentsTest {

  private static void assertNamed(String parameter, Runnable call) {
    assertThatNullPointerException().isThrownBy(call::run).withMessage(parameter);
  }

  @Test
  void builder_null_namesTheParameter() {
    HakAllocator.Builder builder = HakAllocator.builder();
    assertNamed("gate", () -> builder.set(null, "1"));
    assertNamed("value", () -> builder.set("HAKMEM_CHECKS", null));
    assertNamed("name", () -> builder.profile((String) null));
    assertNamed("profile", () -> builder.profile((Profile) null));
    assertNamed("name", () -> builder.name(null));
    assertNamed("checks", () -> builder.checks(null));
    assertNamed("mode", () -> builder.zeroMode(null));
    assertNamed("time", () -> builder.decay(null));
    assertNamed("kind", () -> builder.pageSource((PageSourceKind) null));
    assertNamed("name", () -> builder.jmx(null));
    assertNamed("budget", () -> builder.budget(null));
    assertNamed("source", () -> builder.pageSource((PageSource) null));
    builder.build().close(); // Nothing of it was taken.
  }

  @Test
  void otherCalls_null_nameTheParameter() {
    assertNamed("name", () -> new MemoryBudget(null, 1));
    assertNamed("set", () -> Compositions.gates(null, null));
    try (HakAllocator allocator = HakAllocator.create()) {
      assertNamed("age", () -> allocator.leaks(null));
      assertNamed("block", () -> allocator.free((MemorySegment) null));
      assertNamed("block", () -> allocator.free((ByteBuffer) null));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HAKMEM_CHECKS=full", "HAKMEM_LEAK_SAMPLE_EVERY=1", "HAKMEM_CHECKS=on"})
  void leaks_anyAge_isAnswered(String gate) {
    String[] parts = gate.split("=", 2);
    try (HakAllocator allocator = HakAllocator.builder().set(parts[0], parts[1]).build()) {
      long block = allocator.allocate(100_000);
      assertThat(allocator.leaks(Duration.ofDays(200_000))).isEmpty();
      assertThat(allocator.leaks(Duration.ofSeconds(Long.MAX_VALUE))).isEmpty();
      assertThat(allocator.leaks(Duration.ofSeconds(Long.MIN_VALUE)))
          .hasSize(gate.endsWith("=on") ? 0 : 1);
      allocator.free(block);
    }
  }
}
