package io.hakmem.bench.newbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockSizesTest {

  @Test
  void parse_list_isTheseSizes() {
    assertThat(BlockSizes.parse("16,48, 1048576")).containsExactly(16L, 48L, 1L << 20);
  }

  @Test
  void parse_range_hasEightSizesADoubling() {
    assertThat(BlockSizes.parse("16..128"))
        .containsExactly(16L, 32L, 48L, 64L, 80L, 96L, 112L, 128L);
    assertThat(BlockSizes.parse("512..1024"))
        .containsExactly(512L, 576L, 640L, 704L, 768L, 832L, 896L, 960L, 1024L);
    assertThat(BlockSizes.parse("64..64")).containsExactly(64L);
  }

  @Test
  void parse_rangeWithOddEnds_hasBothOfThem() {
    assertThat(BlockSizes.parse("528..656")).containsExactly(528L, 576L, 640L, 656L);
  }

  @Test
  void parse_rangeOfThePool_isItsTable() {
    try (HakAllocator allocator =
        HakAllocator.builder().set("HAKMEM_TINY_HEAP_PROFILE", "LEGACY").build()) {
      assertThat(BlockSizes.parse("16..524288"))
          .isEqualTo(allocator.composition().box("pool-v1").orElseThrow().blockSizes());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "0", "8", "24", "-16", "1048592", "16..", "..16", "16...32", "16,,32"})
  void parse_whatIsNoSize_isRefused(String text) {
    assertThatThrownBy(() -> BlockSizes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sizes=%s must be multiples of 16 in [16, 1048576], such as 16..128 or 16,32,64", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"32,16", "16,16"})
  void parse_listThatDoesNotAscend_isRefused(String text) {
    assertThatThrownBy(() -> BlockSizes.parse(text))
        .hasMessage("sizes=%s must ascend, such as 16,32,64", text);
  }

  @Test
  void parse_rangeFromTheLarger_isRefused() {
    assertThatThrownBy(() -> BlockSizes.parse("64..32"))
        .hasMessage("sizes=64..32 must begin with the smaller one, such as 16..128");
  }
}
