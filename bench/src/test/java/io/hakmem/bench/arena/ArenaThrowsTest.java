package io.hakmem.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation of arenas at each distance from the end of the stack loses nothing. */
@Tag("slow")
final class ArenaThrowsTest {

  private static final long STACK_BYTES = 512 << 10;

  /** Rounds without an overflow, after which the stack is deep enough. */
  private static final int CALM_ROUNDS = 30;

  private static final int WARM_ROUNDS = 20;
  private static final int WARM_FRAMES = 1000;

  private static final int LEAST_OVERFLOWS = 5;

  static List<ArenaKind> kinds() {
    return ArenaKind.all().stream().filter(kind -> kind.profile().equals("LEGACY")).toList();
  }

  /** An allocator, an arena of it with segments, and an operation of one of them. */
  private static final class Round {

    private final HakAllocator allocator;
    private final ArenaKind kind;
    private final Arena arena;
    private final MemorySegment small;
    private final MemorySegment large;
    private @Nullable Arena opened;
    private boolean overflowed;

    private Round(ArenaKind kind) {
      this.kind = kind;
      this.allocator = kind.allocator();
      this.arena = kind.of(allocator);
      this.small = arena.allocate(100).fill((byte) 3);
      this.large = arena.allocate(70_000).fill((byte) 4);
    }

    private void open() {
      opened = kind.of(allocator);
    }

    private void assertWhole() {
      assertThat(small.toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 3);
      assertThat(large.toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 4);
    }

    private void end(boolean allocatorIsOpen) {
      if (arena.scope().isAlive()) {
        assertWhole();
      }
      if (opened != null) {
        opened.close();
      }
      closeAgain(arena);
      if (allocatorIsOpen) {
        assertThat(allocator.stats().liveBytes()).as("live bytes").isZero();
        try (Arena next = kind.of(allocator)) {
          MemorySegment all = next.allocate(3000);
          assertThat(all.toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 0);
          all.fill((byte) 1);
        }
        allocator.checkInvariants();
      }
      allocator.close();
      assertThat(allocator.stats().reservedBytes()).as("reserved").isZero();
    }
  }

  /** Nothing happens if the arena is closed and all is given back. */
  private static void closeAgain(Arena arena) {
    try {
      arena.close();
    } catch (IllegalStateException closed) {
      assertThat(arena.scope().isAlive()).isFalse();
    }
  }

  private interface Step {
    void run(Round round);
  }

  private static void atEveryDepth(ArenaKind kind, Step prepare, Step step, boolean staysOpen)
      throws InterruptedException {
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    Thread thread =
        new Thread(null, () -> run(kind, prepare, step, staysOpen, failed), "deep", STACK_BYTES);
    thread.start();
    thread.join();
    Throwable thrown = failed.get();
    if (thrown != null) {
      throw new AssertionError(kind.toString(), thrown);
    }
  }

  private static void run(
      ArenaKind kind,
      Step prepare,
      Step step,
      boolean staysOpen,
      AtomicReference<@Nullable Throwable> failed) {
    int frames = -1;
    try {
      int calm = 0;
      int overflows = 0;
      for (int warm = 0; warm < WARM_ROUNDS; warm++) {
        round(kind, prepare, step, staysOpen, WARM_FRAMES);
      }
      for (frames = 0; calm < CALM_ROUNDS; frames++) {
        boolean overflowed = round(kind, prepare, step, staysOpen, frames);
        calm = overflowed ? 0 : calm + 1;
        overflows += overflowed ? 1 : 0;
      }
      assertThat(overflows).as("overflows").isGreaterThan(LEAST_OVERFLOWS);
    } catch (Throwable thrown) {
      failed.set(new AssertionError(frames + " frames before the end", thrown));
    }
  }

  /** Whether the stack overflowed. */
  private static boolean round(
      ArenaKind kind, Step prepare, Step step, boolean staysOpen, int frames) {
    Round round = new Round(kind);
    prepare.run(round);
    new Descent(frames, step, round).descend();
    round.end(staysOpen);
    return round.overflowed;
  }

  /** Goes down to the end of the stack, and runs the step so many frames before it. */
  private record Descent(int frames, Step step, Round round) {

    @SuppressWarnings("InfiniteRecursion") // It ends where the stack does.
    private int descend() {
      int toTheEnd = 0;
      try {
        toTheEnd = descend() + 1;
      } catch (StackOverflowError end) {
        // Here it is.
      }
      if (toTheEnd == frames) {
        try {
          step.run(round);
        } catch (StackOverflowError overflow) {
          round.overflowed = true;
        }
      }
      return toTheEnd;
    }
  }

  private static void nothing(Round round) {}

  @ParameterizedTest
  @MethodSource("kinds")
  void open_atEveryDepth_losesNothing(ArenaKind kind) throws InterruptedException {
    atEveryDepth(kind, ArenaThrowsTest::nothing, Round::open, true);
    atEveryDepth(kind, round -> round.arena.close(), Round::open, true);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void allocate_atEveryDepth_losesNothing(ArenaKind kind) throws InterruptedException {
    atEveryDepth(kind, ArenaThrowsTest::nothing, round -> round.arena.allocate(200), true);
    atEveryDepth(kind, ArenaThrowsTest::nothing, round -> round.arena.allocate(8000), true);
    atEveryDepth(kind, ArenaThrowsTest::nothing, round -> round.arena.allocate(200_000), true);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void closeOfAnArena_atEveryDepth_canBeContinued(ArenaKind kind) throws InterruptedException {
    atEveryDepth(kind, ArenaThrowsTest::nothing, round -> round.arena.close(), true);
    atEveryDepth(kind, round -> round.allocator.close(), round -> round.arena.close(), false);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void trim_atEveryDepth_losesNothing(ArenaKind kind) throws InterruptedException {
    atEveryDepth(kind, ArenaThrowsTest::nothing, round -> round.allocator.trim(), true);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void closeOfTheAllocator_atEveryDepth_canBeContinued(ArenaKind kind) throws InterruptedException {
    atEveryDepth(kind, ArenaThrowsTest::nothing, round -> round.allocator.close(), false);
    atEveryDepth(kind, round -> round.arena.close(), round -> round.allocator.close(), false);
  }
}
