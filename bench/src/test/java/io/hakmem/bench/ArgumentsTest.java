package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import io.hakmem.Compositions;
import io.hakmem.HakAllocator;
import io.hakmem.HakAllocatorMXBean;
import io.hakmem.InvalidFreeException;
import io.hakmem.MemoryBudget;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.SettingsException;
import io.hakmem.Stats;
import io.hakmem.gate.PageSourceKind;
import io.hakmem.gate.Profile;
import io.hakmem.spi.PageSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.ObjectName;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    Map<String, String> withoutGate = Collections.singletonMap(null, "1");
    assertNamed("gate", () -> Compositions.gates(withoutGate, null));
    Map<String, String> withoutValue = Collections.singletonMap("HAKMEM_CHECKS", null);
    assertNamed("value of HAKMEM_CHECKS", () -> Compositions.gates(withoutValue, null));
    assertNamed("name", () -> new Profile(null, "Doc.", Map.of()));
    assertNamed("doc", () -> new Profile("MINE", null, Map.of()));
    assertNamed("values", () -> new Profile("MINE", "Doc.", null));
    try (HakAllocator allocator = HakAllocator.create()) {
      assertNamed("age", () -> allocator.leaks(null));
      assertNamed("block", () -> allocator.free((MemorySegment) null));
      assertNamed("block", () -> allocator.free((ByteBuffer) null));
      assertNamed("layout", () -> allocator.segment((MemoryLayout) null));
      assertNamed("layout", () -> allocator.zeroedSegment((MemoryLayout) null));
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

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Class<? extends RuntimeException> type, ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(type);
  }

  @Test
  void addresses_refused_nameAllocatorAndBox() {
    try (HakAllocator allocator = HakAllocator.builder().name("images").build()) {
      long block = allocator.allocate(100);
      String box = allocator.composition().boxes().getLast().name();
      assertRefused(InvalidFreeException.class, () -> allocator.free(8))
          .hasMessage("address 0x8 is not in a page of allocator images, or was freed");
      assertRefused(InvalidFreeException.class, () -> allocator.usableSize(block + 1))
          .hasMessageContaining(" is inside a block: page 0x%x of %s, blocks", block, box);
      allocator.free(block);
      assertRefused(InvalidFreeException.class, () -> allocator.free(block))
          .hasMessageContaining(" is already free: page 0x%x of %s, blocks", block, box);
      allocator.checkInvariants();
      assertThat(allocator.stats().refused()).isEqualTo(new Stats.RefusedFrees(1, 1, 1, 0));
    }
  }

  @Test
  void arena_beyondTheLimit_namesWhatWasAskedAndTheAllocator() {
    long limit = 1 << 20;
    try (HakAllocator allocator = HakAllocator.builder().name("images").memoryLimit(limit).build();
        Arena arena = allocator.arena()) {
      assertRefused(OutOfNativeMemoryException.class, () -> arena.allocate(2 * limit, 4096))
          .hasMessageStartingWith("asked %d bytes, of the system ", 2 * limit)
          .hasMessageContaining("limit %d (HAKMEM_MEMORY_LIMIT)", limit)
          .hasMessageEndingWith("; alignment 4096, by an arena of allocator images");
      assertRefused(OutOfNativeMemoryException.class, () -> arena.allocate(0, 1L << 62))
          .hasMessageStartingWith("asked 0 bytes, of the system ")
          .hasMessageContaining("alignment " + (1L << 62));
      arena.allocate(100).fill((byte) 1);
    }
  }

  @Test
  void calls_afterTheClose_nameWhatWasAskedAndTheAllocator() {
    HakAllocator allocator = HakAllocator.builder().name("images").build();
    long block = allocator.allocate(100);
    MemorySegment segment = allocator.segment(100);
    allocator.close();

    String closed = " refused: allocator images is closed";
    String address = "address 0x" + Long.toHexString(block) + closed;
    String ofSegment = "address 0x" + Long.toHexString(segment.address()) + closed;
    Class<AllocatorClosedException> type = AllocatorClosedException.class;
    assertRefused(type, () -> allocator.allocate(7)).hasMessage("size=7" + closed);
    assertRefused(type, () -> allocator.segment(7)).hasMessage("size=7" + closed);
    assertRefused(type, () -> allocator.buffer(7)).hasMessage("size=7" + closed);
    assertRefused(type, () -> allocator.free(block)).hasMessage(address);
    assertRefused(type, () -> allocator.free(segment)).hasMessage(ofSegment);
    assertRefused(type, () -> allocator.usableSize(block)).hasMessage(address);
    assertRefused(type, () -> allocator.blockAt(block)).hasMessage(address);
    assertRefused(type, () -> allocator.reallocate(block, 7)).hasMessage(address);
    assertRefused(type, allocator::arena).hasMessage("arena" + closed);
    assertRefused(type, allocator::sharedArena).hasMessage("arena" + closed);
    allocator.close();
  }

  @Test
  void segmentOfABlock_afterTheCloseAndThatOfTheLastArena_throws() {
    HakAllocator allocator = HakAllocator.create();
    MemorySegment block = allocator.segment(100);
    MemorySegment large = allocator.segment(30_000_000);
    Arena arena = allocator.sharedArena();
    MemorySegment kept = arena.allocate(100).fill((byte) 3);
    allocator.close();
    assertThat(kept.get(ValueLayout.JAVA_BYTE, 99)).isEqualTo((byte) 3);

    arena.close();

    for (MemorySegment each : List.of(block, large, kept)) {
      assertRefused(IllegalStateException.class, () -> each.get(ValueLayout.JAVA_BYTE, 0));
      assertRefused(IllegalStateException.class, () -> each.fill((byte) 1));
    }
    assertThat(allocator.committedBytes()).isZero();
  }

  @Test
  void decay_noLongHoldsIt_saysTheMost() {
    Duration most = Duration.ofSeconds(Long.MAX_VALUE);
    assertRefused(SettingsException.class, () -> HakAllocator.builder().decay(most))
        .hasMessageEndingWith("=%s, set by builder, must be at most %d ms", most, Long.MAX_VALUE);
    Duration negative = Duration.ofNanos(-1);
    assertRefused(SettingsException.class, () -> HakAllocator.builder().decay(negative))
        .hasMessageEndingWith("=%s, set by builder, must be at least 0 ms", negative);
  }

  @Test
  void startRecording_null_namesTheParameter() throws JMException {
    String name = "arguments";
    try (HakAllocator allocator = HakAllocator.builder().jmx(name).build()) {
      HakAllocatorMXBean bean =
          JMX.newMXBeanProxy(
              ManagementFactory.getPlatformMBeanServer(),
              new ObjectName("io.hakmem:type=HakAllocator,name=" + name),
              HakAllocatorMXBean.class);
      assertNamed("file", () -> bean.startRecording(null, 0, 0));
      assertThat(allocator.liveBytes()).isZero();
    }
  }

  @Test
  void build_gateWithoutAName_saysThatItIsEmpty() {
    assertRefused(SettingsException.class, HakAllocator.builder().set("", "1")::build)
        .hasMessageStartingWith("an empty name, set by builder, is no setting");
  }
}
