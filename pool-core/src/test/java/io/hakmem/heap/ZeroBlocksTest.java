package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ZeroBlocksTest {

  private final PageBlocks.ZeroBlocks blocks = new PageBlocks.ZeroBlocks();

  @Test
  void popped_eachBlockForTheFirstTime_isZero() {
    for (int index : new int[] {0, 1, 5}) {
      blocks.popped(index);
      assertThat(blocks.last()).isEqualTo(index);
    }
  }

  @Test
  void popped_blockThatWasHandedOutBefore_isNotZero() {
    blocks.popped(0);
    blocks.popped(1);
    blocks.popped(1);
    assertThat(blocks.last()).isNegative();
    blocks.popped(0);
    assertThat(blocks.last()).isNegative();
    blocks.popped(2);
    assertThat(blocks.last()).isEqualTo(2);
  }

  @Test
  void last_beforeAnyBlock_isNone() {
    assertThat(blocks.last()).isNegative();
  }
}
