package io.hakmem.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.Stats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory of arenas is out of the reach of calls that take an address, and is counted. */
final class ArenaMemoryTest {

  private static final long MIB = 1 << 20;

  private static final long[] SIZES = {
    1, 8, 16, 100, 1000, 1024, 3000, 5000, 20_000, 32_768, 70_000, MIB
  };

  /** Distances from both ends of a segment. */
  private static final long[] NEAR = {
    -65_536, -4096, -1024, -64, -32, -16, -8, -1, 0, 1, 8, 16, 32, 64, 1024, 4096
  };

  static Stream<Arguments> kinds() {
    return ArenaKind.all().stream()
        .flatMap(kind -> Stream.of("on", "full", "off").map(checks -> Arguments.of(kind, checks)));
  }

  private static HakAllocator allocator(ArenaKind kind, String checks) {
    return HakAllocator.builder()
        .profile(kind.profile())
        .set("HAKMEM_PAGE_SOURCE", kind.pageSource())
        .set("HAKMEM_CHECKS", checks)
        .build();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void calls_withAnAddressNearASegment_areRefusedAndChangeNothing(ArenaKind kind, String checks) {
    try (HakAllocator allocator = allocator(kind, checks);
        Arena arena = kind.of(allocator)) {
      for (long bytes : SIZES) {
        MemorySegment segment = arena.allocate(bytes).fill((byte) 5);
        Stats before = allocator.stats();
        addressesNear(segment).forEach(address -> assertRefused(allocator, address));
        assertThat(allocator.owns(segment.address())).isTrue();
        assertThat(allocator.stats().liveBytes()).isEqualTo(before.liveBytes());
        assertThat(allocator.stats().frees()).isEqualTo(before.frees());
        assertNothingOverlaps(allocator, segment);
        assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 5);
        allocator.checkInvariants();
      }
    }
  }

  private static LongStream addressesNear(MemorySegment segment) {
    long start = segment.address();
    return LongStream.concat(
            LongStream.of(start & -65_536, start + segment.byteSize() / 2),
            LongStream.of(NEAR)
                .flatMap(by -> LongStream.of(start + by, start + segment.byteSize() + by)))
        .distinct();
  }

  private static void assertRefused(HakAllocator allocator, long address) {
    List<LongConsumer> calls =
        List.of(
            allocator::free,
            at -> allocator.freeSized(at, 16),
            at -> allocator.reallocate(at, 100),
            at -> allocator.reallocate(at, MIB),
            allocator::usableSize,
            allocator::blockAt);
    for (LongConsumer call : calls) {
      assertThatThrownBy(() -> call.accept(address)).isInstanceOf(InvalidFreeException.class);
    }
  }

  private static void assertNothingOverlaps(HakAllocator allocator, MemorySegment segment) {
    List<Long> blocks = new ArrayList<>();
    for (long bytes : new long[] {16, 1000, 4096, 8192, 32_768, 65_536, MIB}) {
      long block = allocator.allocate(bytes);
      blocks.add(block);
      assertThat(allocator.blockAt(block).fill((byte) 9).asOverlappingSlice(segment)).isEmpty();
    }
    blocks.forEach(allocator::free);
    allocator.trim(); // Full checks keep them back until then.
  }

  @Test
  void free_ofMemoryOfAnArena_saysWhoseItIs() {
    try (HakAllocator allocator = HakAllocator.create();
        Arena arena = allocator.arena()) {
      long address = arena.allocate(100 * MIB).address();
      for (long bad : new long[] {address - 16, address, address + 16}) {
        assertThatThrownBy(() -> allocator.free(bad)).isInstanceOf(InvalidFreeException.class);
      }
      assertThatThrownBy(() -> allocator.free(address)).hasMessageContaining("memory of an arena");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void arenas_allClosed_leaveNoLeakAndNothingLive(ArenaKind kind, String checks) {
    try (HakAllocator allocator = allocator(kind, checks)) {
      try (Arena arena = kind.of(allocator)) {
        arena.allocate(100);
        arena.allocate(100_000);
        assertThat(allocator.leaks(Duration.ZERO)).isEmpty();
        assertThat(arenas(allocator).liveBytes()).isGreaterThan(100_100);
        assertThat(allocator.stats().liveBytes()).isEqualTo(arenas(allocator).liveBytes());
      }
      assertThat(allocator.leaks(Duration.ZERO)).isEmpty();
      assertThat(allocator.stats().liveBytes()).isZero();
      assertThat(arenas(allocator).pages()).isLessThanOrEqualTo(1);
      allocator.trim();
      assertThat(arenas(allocator).pages()).isZero();
      assertThat(arenas(allocator).cachedBytes()).isZero();
    }
  }

  private static Stats.Box arenas(HakAllocator allocator) {
    return allocator.stats().boxes().stream()
        .filter(box -> box.name().equals("arenas"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void arenas_withManySegments_takeAndGiveBackPages() {
    try (HakAllocator allocator = HakAllocator.create()) {
      List<Arena> open = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Arena arena = allocator.sharedArena();
        open.add(arena);
        arena.allocate(1 + i * 977L % 60_000).fill((byte) i);
        if (i % 3 == 0) {
          open.remove(i / 4).close();
        }
        allocator.checkInvariants();
      }
      open.forEach(Arena::close);
      allocator.checkInvariants();
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }
}
