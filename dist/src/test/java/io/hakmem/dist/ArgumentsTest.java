package io.hakmem.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.Compositions;
import io.hakmem.HakAllocator;
import io.hakmem.MemoryBudget;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.gate.Checks;
import io.hakmem.gate.PageSourceKind;
import io.hakmem.gate.Profile;
import io.hakmem.spi.PageSource;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sizes, alignments and nothing at all, in each call that takes one. */
final class ArgumentsTest {

  private static final long MOST = Long.MAX_VALUE;
  private static final long HIGHEST_POWER = 1L << 62;
  private static final long ABOVE_ALL_ADDRESSES = (1L << 46) + 1;

  private static final MemoryLayout HUGE = MemoryLayout.sequenceLayout(MOST, ValueLayout.JAVA_BYTE);
  private static final MemoryLayout FAR = ValueLayout.JAVA_BYTE.withByteAlignment(HIGHEST_POWER);

  /** A test for each kind of checks, after which nothing is live. */
  private static List<DynamicTest> withChecks(Consumer<HakAllocator> test) {
    return List.of(Checks.ON, Checks.FULL, Checks.OFF).stream()
        .map(
            checks ->
                DynamicTest.dynamicTest(
                    checks.toString(),
                    () -> {
                      try (HakAllocator allocator = HakAllocator.builder().checks(checks).build()) {
                        test.accept(allocator);
                        allocator.trim();
                        assertThat(allocator.liveBytes()).isZero();
                        allocator.checkInvariants();
                      }
                    }))
        .toList();
  }

  @TestFactory
  List<DynamicTest> sizes_beyondAllMemory_areOutOfMemory() {
    return withChecks(
        allocator -> {
          for (long bytes : new long[] {ABOVE_ALL_ADDRESSES, HIGHEST_POWER, MOST - 16, MOST}) {
            assertOutOfMemory(
                () -> allocator.allocate(bytes),
                () -> allocator.allocate(bytes, 1),
                () -> allocator.allocate(bytes, 1 << 20),
                () -> allocator.allocate(bytes, HIGHEST_POWER),
                () -> allocator.allocateZeroed(bytes),
                () -> allocator.segment(bytes),
                () -> allocator.segment(bytes, 4096),
                () -> allocator.zeroedSegment(bytes),
                () -> allocator.zeroedSegment(bytes, HIGHEST_POWER),
                () -> allocator.segmentAllocator().allocate(bytes, HIGHEST_POWER),
                () -> allocator.heap().allocate(bytes));
          }
          assertOutOfMemory(
              () -> allocator.allocate(1, HIGHEST_POWER),
              () -> allocator.segment(HUGE),
              () -> allocator.zeroedSegment(HUGE),
              () -> allocator.segment(FAR),
              () -> allocator.zeroedSegment(FAR),
              () -> allocator.segmentAllocator().allocate(HUGE));
        });
  }

  private static void assertOutOfMemory(ThrowingCallable... calls) {
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(OutOfNativeMemoryException.class)
          .hasMessageStartingWith("asked ");
    }
  }

  @TestFactory
  List<DynamicTest> reallocate_toASizeThatNoBlockHas_leavesTheBlock() {
    return withChecks(
        allocator -> {
          for (long bytes : new long[] {100, 3 << 20}) {
            MemorySegment block = allocator.segment(bytes).fill((byte) 7);
            for (long wrong : new long[] {0, -1, Long.MIN_VALUE}) {
              assertThatThrownBy(() -> allocator.reallocate(block.address(), wrong))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessage("size=%d must be in [1, %d]", wrong, MOST);
            }
            for (long wrong : new long[] {ABOVE_ALL_ADDRESSES, MOST - 16, MOST}) {
              assertOutOfMemory(() -> allocator.reallocate(block.address(), wrong));
            }
            assertThat(block.get(ValueLayout.JAVA_BYTE, bytes - 1)).isEqualTo((byte) 7);
            allocator.free(block);
          }
        });
  }

  @TestFactory
  List<DynamicTest> sizesAndAlignments_ofNoBlock_areRefusedWithTheRange() {
    return withChecks(
        allocator -> {
          for (int bytes : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertRefused(
                "size=%d must be in [1, %d]".formatted(bytes, MOST),
                () -> allocator.allocate(bytes),
                () -> allocator.allocate(bytes, 16),
                () -> allocator.allocateZeroed(bytes),
                () -> allocator.segment(bytes),
                () -> allocator.segment(bytes, 4096),
                () -> allocator.zeroedSegment(bytes),
                () -> allocator.zeroedSegment(bytes, 4096),
                () -> allocator.buffer(bytes),
                () -> allocator.zeroedBuffer(bytes),
                () -> allocator.heap().allocate(bytes));
          }
          assertRefused(
              "byteSize=-1 must be in [0, %d]".formatted(MOST),
              () -> allocator.segmentAllocator().allocate(-1));
          for (long alignment : new long[] {0, -1, 3, 48, MOST, Long.MIN_VALUE}) {
            assertRefused(
                "alignment=%d must be a power of two".formatted(alignment),
                () -> allocator.allocate(8, alignment),
                () -> allocator.segment(8, alignment),
                () -> allocator.zeroedSegment(8, alignment),
                () -> allocator.segmentAllocator().allocate(8, alignment));
          }
        });
  }

  private static void assertRefused(String message, ThrowingCallable... calls) {
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
  }

  /** What a program may hand over in place of a value. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }

  @Test
  void nothing_inPlaceOfAnArgument_isRefusedByItsName() {
    try (HakAllocator allocator = HakAllocator.create()) {
      assertMissing("block", () -> allocator.free(ArgumentsTest.<MemorySegment>none()));
      assertMissing("block", () -> allocator.free(ArgumentsTest.<ByteBuffer>none()));
      assertMissing("layout", () -> allocator.segment(ArgumentsTest.<MemoryLayout>none()));
      assertMissing("layout", () -> allocator.zeroedSegment(ArgumentsTest.<MemoryLayout>none()));
      assertMissing("age", () -> allocator.leaks(none()));
    }
    HakAllocator.Builder builder = HakAllocator.builder();
    assertMissing("name", () -> builder.profile(ArgumentsTest.<String>none()));
    assertMissing("profile", () -> builder.profile(ArgumentsTest.<Profile>none()));
    assertMissing("name", () -> builder.name(none()));
    assertMissing("checks", () -> builder.checks(none()));
    assertMissing("mode", () -> builder.zeroMode(none()));
    assertMissing("time", () -> builder.decay(none()));
    assertMissing("kind", () -> builder.pageSource(ArgumentsTest.<PageSourceKind>none()));
    assertMissing("source", () -> builder.pageSource(ArgumentsTest.<PageSource>none()));
    assertMissing("name", () -> builder.jmx(none()));
    assertMissing("gate", () -> builder.set(none(), "1"));
    assertMissing("value", () -> builder.set("HAKMEM_CHECKS", none()));
    assertMissing("budget", () -> builder.budget(none()));
    assertMissing("provider", () -> builder.box(none()));
    assertMissing("name", () -> new MemoryBudget(none(), 1));
    assertMissing("set", () -> Compositions.gates(none(), null));
    assertThat(Compositions.gates(Map.of(), null)).isNotEmpty();
  }

  private static void assertMissing(String parameter, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(parameter);
  }
}
