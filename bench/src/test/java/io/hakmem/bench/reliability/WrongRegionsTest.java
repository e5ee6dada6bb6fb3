package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.BoxFailedException;
import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page source returns what its contract forbids. */
final class WrongRegionsTest {

  private static final long GRANULE = PageSource.GRANULE_BYTES;
  private static final long[] SIZES = {100, 300_000, 4 << 20};

  private final CallingSource source = new CallingSource();

  private static Region part(Region region, long offset, long bytes) {
    return new Region(region.base() + offset, bytes, region.memory().asSlice(offset, bytes));
  }

  private static Region of(MemorySegment memory) {
    return new Region(memory.address(), memory.byteSize(), memory);
  }

  @SuppressWarnings("MustBeClosed") // The arena lives as long as the test.
  private static MemorySegment confined(Region region) {
    return Arena.ofConfined().allocate(region.bytes(), GRANULE);
  }

  private static MemorySegment dead(Region region) {
    try (Arena arena = Arena.ofShared()) {
      return arena.allocate(region.bytes(), GRANULE);
    }
  }

  private static Arguments wrong(String what, Function<Region, Region> change) {
    return Arguments.of(what, change);
  }

  static List<Arguments> wrongRegions() {
    String multiples = "which must begin and end at multiples of 65536";
    String notForAll = "whose memory is not native, or not for every thread to write";
    return List.of(
        wrong("null", region -> null),
        wrong("which is too small", region -> part(region, 0, region.bytes() - GRANULE)),
        wrong("which is too small", region -> part(region, 4096, region.bytes() - 4096)),
        wrong(multiples, region -> of(Arena.ofAuto().allocate(region.bytes() + 4096, GRANULE))),
        wrong(
            multiples,
            region ->
                of(
                    Arena.ofAuto()
                        .allocate(2 * region.bytes(), GRANULE)
                        .asSlice(8, region.bytes()))),
        wrong(notForAll, region -> of(region.memory().asReadOnly())),
        wrong(notForAll, region -> of(confined(region))),
        wrong("whose memory is closed already", region -> of(dead(region))));
  }

  private HakAllocator allocator() {
    return HakAllocator.builder()
        .pageSource(source)
        .set("HAKMEM_REGION_BYTES", "1MiB")
        .set("HAKMEM_HEAP_PREFILL", "0")
        .set("HAKMEM_LARGE_MAPPING_BYTES", "2MiB")
        .build();
  }

  private void assertWorks(HakAllocator allocator) {
    source.regions = region -> region;
    List<Long> blocks = new ArrayList<>();
    for (long bytes : SIZES) {
      blocks.add(allocator.allocate(bytes));
      allocator.blockAt(blocks.getLast()).fill((byte) 1);
    }
    blocks.forEach(allocator::free);
    allocator.trim();
    allocator.checkInvariants();
    assertThat(allocator.stats().liveBytes()).isZero();
    assertThat(allocator.stats().committedBytes()).isZero();
    allocator.close();
    assertThat(allocator.stats().reservedBytes()).isZero();
    assertThat(source.strict.regionCount()).isZero();
  }

  @ParameterizedTest
  @MethodSource("wrongRegions")
  void allocate_wrongRegion_isRefusedByName(String what, Function<Region, Region> change) {
    HakAllocator allocator = allocator();
    source.regions = change;
    for (long bytes : SIZES) {
      assertThatThrownBy(() -> allocator.allocate(bytes))
          .isInstanceOf(OutOfNativeMemoryException.class)
          .hasMessageContaining("reserve of page source calling returned ")
          .hasMessageContaining(what + ";");
    }
    assertThat(allocator.stats().reservedBytes()).isZero();
    assertThat(allocator.stats().committedBytes()).isZero();
    assertWorks(allocator);
  }

  /** Of the same memory nothing is released: it is in use. */
  @ParameterizedTest
  @ValueSource(longs = {300_000, 4 << 20})
  void allocate_sameRegionTwice_isRefusedAndTheFirstLivesOn(long bytes) {
    HakAllocator allocator = allocator();
    List<Region> first = new ArrayList<>();
    source.regions =
        region -> {
          if (first.isEmpty()) {
            first.add(region);
          }
          return region.bytes() == first.getFirst().bytes()
              ? first.getFirst()
              : part(first.getFirst(), 0, Math.min(region.bytes(), first.getFirst().bytes()));
        };
    List<Long> blocks = new ArrayList<>();
    Throwable end = null;
    while (end == null && blocks.size() < 100) {
      end = catchThrowable(() -> blocks.add(allocator.allocate(bytes)));
    }
    assertThat(end)
        .isInstanceOf(OutOfNativeMemoryException.class)
        .hasMessageContaining("which overlaps a region that is in use;");
    assertThat(blocks).isNotEmpty();
    blocks.forEach(block -> allocator.blockAt(block).fill((byte) 7));
    blocks.forEach(allocator::free);
    assertWorks(allocator);
  }

  /** More than was asked for is no harm. */
  @Test
  void allocate_largerRegion_countsAllOfIt() {
    HakAllocator allocator = allocator();
    source.larger = GRANULE;
    long block = allocator.allocate(4 << 20);
    assertThat(allocator.stats().reservedBytes()).isEqualTo((4 << 20) + GRANULE);
    assertThat(allocator.usableSize(block)).isEqualTo(4 << 20);
    allocator.free(block);
    assertThat(allocator.stats().reservedBytes()).isZero();
    assertWorks(allocator);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5, 1, 100_001, Long.MAX_VALUE})
  void build_wrongPreferredSize_isRefusedByName(long bytes) {
    PageSource wrong =
        (PageSource)
            Proxy.newProxyInstance(
                PageSource.class.getClassLoader(),
                new Class<?>[] {PageSource.class},
                (proxy, method, arguments) ->
                    method.getName().equals("name") ? (Object) "wrong" : (Object) bytes);
    HakAllocator.Builder builder = HakAllocator.builder().pageSource(wrong);
    assertThatThrownBy(builder::build)
        .isInstanceOf(BoxFailedException.class)
        .hasMessage(
            "page source wrong prefers regions of %d bytes, which must be a positive multiple of 65536",
            bytes);
  }
}
