package io.hakmem.supply;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.memory.GuardedSource;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Random changes beside a model that has one state for each granule. */
final class RegionRunsTest {

  private static final long GRANULE = PageSource.GRANULE_BYTES;

  /** No multiple of 64, so that the last word of a set is not full. */
  private static final int GRANULES = 70;

  private static final int STEPS = 4000;
  private static final int MOST_GRANULES_A_RUN = 9;

  /** Takes nothing back. */
  private static final class KeepingSource implements PageSource {

    @Override
    public String name() {
      return "keeping";
    }

    @Override
    public Region reserve(long bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void commit(long address, long bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void decommit(long address, long bytes) {
      throw new IllegalStateException("kept");
    }

    @Override
    public void release(Region all) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long preferredRegionBytes(long configured) {
      return configured;
    }

    @Override
    public boolean zeroedOnCommit() {
      return true;
    }

    @Override
    public void close() {}
  }

  private enum State {
    BLANK,
    READY,
    TAKEN
  }

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Region region = region();
  private final RegionRuns runs = new RegionRuns(region);
  private final State[] model = new State[GRANULES];

  private static Region region() {
    MemorySegment memory = Arena.ofAuto().allocate(GRANULES * GRANULE, GRANULE);
    return new Region(memory.address(), memory.byteSize(), memory);
  }

  @Test
  void new_always_isBlank() {
    assertThat(runs.firstBlank(GRANULES * GRANULE)).isEqualTo(region.base());
    assertThat(runs.firstReady(GRANULE)).isEqualTo(-1);
    assertThat(runs.readyEndBelow(region.base() + region.bytes())).isEqualTo(-1);
    assertThat(runs.readyBytes()).isZero();
    assertThat(runs.isTaken(region.base(), GRANULE)).isFalse();
  }

  @RepeatedTest(5)
  void anyChange_atRandom_leavesTheStatesOfTheModel() {
    Arrays.fill(model, State.BLANK);
    for (int i = 0; i < STEPS; i++) {
      change(random.nextInt(4), random.nextInt(1, MOST_GRANULES_A_RUN + 1));
      runs.checkInvariants();
      assertAnswers(random.nextInt(1, MOST_GRANULES_A_RUN + 1));
    }
  }

  @Test
  void decommit_thatTheSourceRefuses_leavesMemoryThatMayNotBeZero() {
    runs.committed(region.base(), 2 * GRANULE);
    assertThat(runs.run(region.base(), GRANULE, true).isZero()).isTrue();
    GuardedSource source = new GuardedSource(new KeepingSource());
    HugePages hugePages = new HugePages(source, SharedLimit.none().account(0, () -> 0), 0);
    assertThat(runs.decommit(GRANULE, source, hugePages)).isZero();
    assertThat(runs.run(region.base(), GRANULE, true).isZero()).isTrue();
    assertThat(runs.run(region.base() + GRANULE, GRANULE, true).isZero()).isFalse();
  }

  private void change(int kind, int count) {
    switch (kind) {
      case 0 -> commit(count);
      case 1 -> take(count);
      case 2 -> giveBack();
      default -> decommit(count);
    }
  }

  private void commit(int count) {
    int at = firstRun(State.BLANK, count);
    if (at >= 0) {
      runs.committed(address(at), count * GRANULE);
      Arrays.fill(model, at, at + count, State.READY);
    }
  }

  private void take(int count) {
    int at = firstRun(State.READY, count);
    if (at >= 0) {
      runs.take(address(at), count * GRANULE);
      assertThat(runs.run(address(at), count * GRANULE, true).memory().address())
          .isEqualTo(address(at));
      Arrays.fill(model, at, at + count, State.TAKEN);
    }
  }

  private void giveBack() {
    int from = random.nextInt(GRANULES);
    int end = from;
    while (end < GRANULES && model[end] == State.TAKEN) {
      end++;
    }
    if (end > from) {
      runs.giveBack(address(from), (end - from) * GRANULE);
      Arrays.fill(model, from, end, State.READY);
    }
  }

  private void decommit(int most) {
    long end = runs.readyEndBelow(address(random.nextInt(1, GRANULES + 1)));
    if (end >= 0) {
      long start = Math.max(runs.readyStart(end), end - most * GRANULE);
      runs.decommitted(start, end - start);
      Arrays.fill(model, index(start), index(end), State.BLANK);
    }
  }

  private void assertAnswers(int count) {
    long bytes = count * GRANULE;
    assertThat(runs.firstBlank(bytes)).as("seed %d", seed).isEqualTo(first(State.BLANK, count));
    assertThat(runs.firstReady(bytes)).as("seed %d", seed).isEqualTo(first(State.READY, count));
    long ready = Arrays.stream(model).filter(state -> state == State.READY).count();
    assertThat(runs.readyBytes()).as("seed %d", seed).isEqualTo(ready * GRANULE);
    int at = random.nextInt(GRANULES);
    int end = Math.min(GRANULES, at + count);
    assertThat(runs.isTaken(address(at), address(end) - address(at)))
        .as("seed %d", seed)
        .isEqualTo(Arrays.stream(model, at, end).allMatch(state -> state == State.TAKEN));
    assertThat(runs.blankFrom(address(at)))
        .as("seed %d", seed)
        .isEqualTo(length(at, State.BLANK) * GRANULE);
    assertReadyBelow(random.nextInt(1, GRANULES + 1));
  }

  private void assertReadyBelow(int below) {
    int last = below - 1;
    while (last >= 0 && model[last] != State.READY) {
      last--;
    }
    long end = runs.readyEndBelow(address(below));
    assertThat(end).as("seed %d", seed).isEqualTo(last < 0 ? -1 : address(last + 1));
    if (last >= 0) {
      int start = last;
      while (start > 0 && model[start - 1] == State.READY) {
        start--;
      }
      assertThat(runs.readyStart(end)).as("seed %d", seed).isEqualTo(address(start));
    }
  }

  private int length(int from, State state) {
    int end = from;
    while (end < GRANULES && model[end] == state) {
      end++;
    }
    return end - from;
  }

  private int firstRun(State state, int count) {
    for (int at = 0; at + count <= GRANULES; at++) {
      if (length(at, state) >= count) {
        return at;
      }
    }
    return -1;
  }

  private long first(State state, int count) {
    int at = firstRun(state, count);
    return at < 0 ? -1 : address(at);
  }

  private long address(int granule) {
    return region.base() + granule * GRANULE;
  }

  private int index(long address) {
    return (int) ((address - region.base()) / GRANULE);
  }
}
