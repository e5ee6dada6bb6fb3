package io.hakmem.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random marks beside an array of them, and an end that can be repeated. */
final class LiveRegionTest {

  private static final long GRANULE = PageSource.GRANULE_BYTES;
  private static final int GRANULES = 70;
  private static final int STEPS = 3000;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(GRANULES * GRANULE, GRANULE);
  private final LiveRegion live =
      new LiveRegion(
          new Region(memory.address(), memory.byteSize(), memory),
          arena,
          memory.address() - GRANULE,
          memory.address() + memory.byteSize() + GRANULE);

  @AfterEach
  void end() {
    live.end();
  }

  @Test
  void next_afterRandomMarks_isThatOfTheModel() {
    boolean[] model = new boolean[GRANULES];
    for (int i = 0; i < STEPS; i++) {
      int from = random.nextInt(GRANULES);
      int end = random.nextInt(from + 1, Math.min(GRANULES, from + 9) + 1);
      boolean mark = random.nextBoolean();
      if (mark) {
        live.mark(address(from), (end - from) * GRANULE);
      } else {
        live.unmark(address(from), (end - from) * GRANULE);
      }
      Arrays.fill(model, from, end, mark);
      assertNext(model, random.nextInt(GRANULES), random.nextBoolean());
    }
  }

  private void assertNext(boolean[] model, int from, boolean isMarked) {
    int end = random.nextInt(from, GRANULES + 1);
    int expected = from;
    while (expected < end && model[expected] != isMarked) {
      expected++;
    }
    assertThat(live.next(address(from), address(end), isMarked))
        .as("seed %d", seed)
        .isEqualTo(address(expected));
  }

  private long address(int granule) {
    return memory.address() + granule * GRANULE;
  }

  @Test
  void mapped_afterPartsWentBack_isWhatIsLeft() {
    assertThat(live.mappedEnd() - live.mappedBase()).isEqualTo((GRANULES + 2) * GRANULE);
    live.mapped(memory.address(), live.mappedEnd());
    assertThat(live.mappedBase()).isEqualTo(live.region().base());
    assertThat(live.mappedEnd()).isEqualTo(address(GRANULES + 1));
  }

  @Test
  void end_again_changesNothing() {
    live.end();
    assertThat(memory.scope().isAlive()).isFalse();
    live.end();
    assertThat(memory.scope().isAlive()).isFalse();
  }
}
