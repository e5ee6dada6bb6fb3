package io.hakmem.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.heap.PageKey;
import io.hakmem.spi.PageSupply.Run;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of pages: which are handed out, and when a page has none any more. */
final class ShortRunsTest {

  private static final long PAGE = PageKey.PAGE_BYTES;
  private static final long PART = PageKey.KEY_BYTES;
  private static final long BASE = 0x7f00_0000_0000L;
  private static final MemorySegment MEMORY = MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]);

  private final ShortRuns runs = new ShortRuns();

  private Run takeFirst(long base, long bytes) {
    return runs.takeFirst(new Run(base, MEMORY), bytes);
  }

  @Test
  void isShort_ofWholePages_isFalse() {
    assertThat(ShortRuns.isShort(PART)).isTrue();
    assertThat(ShortRuns.isShort(3 * PART)).isTrue();
    assertThat(ShortRuns.isShort(PAGE)).isFalse();
    assertThat(ShortRuns.isShort(3 * PAGE)).isFalse();
  }

  @Test
  void take_untilAPageIsUsedUp_handsOutItsPartsInTheirOrder() {
    assertThat(runs.take(PART)).isNull();
    assertThat(takeFirst(BASE, PART).base()).isEqualTo(BASE);
    for (int part = 1; part < 4; part++) {
      Run run = Objects.requireNonNull(runs.take(PART));
      assertThat(run.base()).isEqualTo(BASE + part * PART);
      assertThat(run.memory()).isEqualTo(MEMORY.asSlice(part * PART, PART));
    }
    assertThat(runs.take(PART)).isNull();
  }

  @Test
  void take_whatFitsIntoNoGap_isNotHandedOut() {
    takeFirst(BASE, PART);
    Run middle = Objects.requireNonNull(runs.take(2 * PART));
    assertThat(middle.base()).isEqualTo(BASE + PART);
    assertThat(runs.take(2 * PART)).isNull();
    assertThat(runs.giveBack(BASE, PART)).isZero();
    assertThat(runs.take(2 * PART)).isNull();
    assertThat(runs.giveBack(BASE + PART, 2 * PART)).isEqualTo(BASE);
    assertThat(runs.take(PART)).isNull();
  }

  @Test
  void giveBack_whatIsNotHandedOut_isRefusedAndChangesNothing() {
    takeFirst(BASE, 2 * PART);
    long[][] wrong = {
      {BASE - PART, PART},
      {BASE + PAGE, PART},
      {BASE + 2 * PART, PART},
      {BASE + PART, 2 * PART},
      {BASE + PART, 3 * PART},
      {0, PART}
    };
    for (long[] run : wrong) {
      assertThatThrownBy(() -> runs.giveBack(run[0], run[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(runs.giveBack(BASE, 2 * PART)).isEqualTo(BASE);
    assertThatThrownBy(() -> runs.giveBack(BASE, 2 * PART))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pages_manyInNoOrder_areAllFoundAndAllGoBack() {
    Random random = new Random(3);
    List<Long> bases = new ArrayList<>();
    for (int page = 0; page < 100; page++) {
      bases.add(BASE + page * PAGE);
    }
    Collections.shuffle(bases, random);
    List<Run> out = new ArrayList<>();
    for (long base : bases) {
      out.add(takeFirst(base, PART));
    }
    for (Run next = runs.take(PART); next != null; next = runs.take(PART)) {
      out.add(next);
    }
    assertThat(out).extracting(Run::base).doesNotHaveDuplicates().hasSize(400);
    Collections.shuffle(out, random);
    List<Long> gone = new ArrayList<>();
    for (Run run : out) {
      long page = runs.giveBack(run.base(), PART);
      if (page != 0) {
        gone.add(page);
      }
    }
    assertThat(gone).containsExactlyInAnyOrderElementsOf(bases);
  }
}
