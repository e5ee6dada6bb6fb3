package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page source calls the allocator that it serves, from each of its calls. */
@Timeout(120)
final class ReentrantSourceTest {

  private static final long[] SIZES = {1, 100, 1000, 9000, 70_000, 300_000, 600_000, 2 << 20};
  private static final long LARGE_BYTES = 900_000;
  private static final int STEPS = 6_000;
  private static final String REFUSED = "page source calling calls the allocator that it serves";

  private final CallingSource source = new CallingSource();
  private final Map<Long, Byte> blocks = new HashMap<>();
  private final List<Arena> arenas = new ArrayList<>();
  private final Set<String> called = new HashSet<>();
  private boolean isInside;

  private HakAllocator allocator(String checks) {
    return HakAllocator.builder()
        .pageSource(source)
        .set("HAKMEM_CHECKS", checks)
        .set("HAKMEM_MEMORY_LIMIT", "512MiB")
        .set("HAKMEM_HUGE_PAGES_FROM", "0")
        .set("HAKMEM_COMMIT_BYTES", "256KiB")
        .set("HAKMEM_REGION_BYTES", "4MiB")
        .set("HAKMEM_LARGE_MAPPING_BYTES", "1MiB")
        .set("HAKMEM_HEAP_EMPTY_PAGES", "1")
        .set("HAKMEM_PURGE_THREAD", "0")
        .set("HAKMEM_QUARANTINE_BYTES", "64KiB")
        .build();
  }

  private static List<ThrowingCallable> refused(HakAllocator allocator, long large, long other) {
    return List.of(
        () -> allocator.free(other),
        () -> allocator.allocate(LARGE_BYTES),
        () -> allocator.allocate(100, 1 << 17),
        () -> allocator.free(large),
        () -> allocator.reallocate(large, 2 * LARGE_BYTES),
        allocator::trim,
        allocator::collect,
        allocator::checkInvariants,
        allocator::heap,
        allocator::arena,
        allocator::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "full"})
  void call_fromTheSource_isRefusedBeforeAnythingChanged(String checks) {
    HakAllocator allocator = allocator(checks);
    long large = allocator.allocate(LARGE_BYTES);
    long[] others = blocksOfAnotherThread(allocator);
    allocator.free(others[0]); // Now their page waits for its owner.
    List<Throwable> thrown = new ArrayList<>();
    source.calls =
        call -> {
          if (called.add(call)) {
            refused(allocator, large, others[1]).forEach(each -> thrown.add(catchThrowable(each)));
          }
        };
    allocator.free(allocator.allocate(200_000));
    allocator.free(allocator.allocate(2 << 20));
    allocator.trim();
    assertThat(called).contains("reserve", "commit", "decommit", "release", "zeroedOnCommit");
    assertThat(thrown)
        .hasSize(called.size() * refused(allocator, large, others[1]).size())
        .allSatisfy(
            each -> assertThat(each).isInstanceOf(IllegalStateException.class).hasMessage(REFUSED));
    allocator.free(large);
    allocator.free(others[1]);
    allocator.trim();
    allocator.checkInvariants();
    assertThat(allocator.stats().liveBytes()).isZero();
    assertThat(allocator.stats().committedBytes()).isEqualTo(source.strict.committedBytes());
    allocator.close();
    assertThat(called).contains("close");
    assertThat(source.strict.regionCount()).isZero();
  }

  private static long[] blocksOfAnotherThread(HakAllocator allocator) {
    return CompletableFuture.supplyAsync(
            () -> new long[] {allocator.allocate(100), allocator.allocate(100)})
        .join();
  }

  /** Hits are served there too, and arenas can be closed; all blocks keep what is in them. */
  @ParameterizedTest
  @ValueSource(strings = {"on", "full"})
  @SuppressWarnings("MustBeClosed") // Closed at the end.
  void anyCall_atRandomFromTheSource_keepsContentsAndCounts(String checks) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    HakAllocator allocator = allocator(checks);
    source.calls =
        call -> {
          if (!isInside) {
            isInside = true;
            for (int i = random.nextInt(6); i > 0; i--) {
              Throwable thrown = catchThrowable(() -> step(allocator, random));
              assertThat(thrown == null || REFUSED.equals(thrown.getMessage()))
                  .as("%s, seed %d: %s", call, seed, thrown)
                  .isTrue();
            }
            isInside = false;
          }
        };
    for (int i = 0; i < STEPS; i++) {
      Throwable thrown = catchThrowable(() -> step(allocator, random));
      assertThat(thrown).as("seed %d", seed).isNull();
      if (i % 100 == 0) {
        allocator.checkInvariants();
      }
    }
    source.calls = call -> {};
    arenas.forEach(Arena::close);
    List.copyOf(blocks.keySet()).forEach(block -> free(allocator, block));
    allocator.trim();
    allocator.checkInvariants();
    assertThat(allocator.stats().liveBytes()).as("seed %d", seed).isZero();
    assertThat(allocator.stats().committedBytes())
        .as("seed %d", seed)
        .isEqualTo(source.strict.committedBytes());
    allocator.close();
    assertThat(source.strict.regionCount()).isZero();
  }

  @SuppressWarnings("MustBeClosed") // Closed by a later step.
  private void step(HakAllocator allocator, SplittableRandom random) {
    switch (random.nextInt(blocks.size() > 60 ? 9 : 14)) {
      case 0, 1, 2, 3 -> free(allocator, anyBlock(random));
      case 4 -> allocator.trim();
      case 5 -> allocator.collect();
      case 6 -> resize(allocator, random);
      case 7 -> {
        if (!arenas.isEmpty()) {
          arenas.removeLast().close();
        }
      }
      case 8 -> {
        if (arenas.size() < 10) {
          Arena arena = random.nextBoolean() ? allocator.sharedArena() : allocator.arena();
          try {
            arena.allocate(SIZES[random.nextInt(6)]).fill((byte) 1);
          } finally {
            arenas.add(arena);
          }
        }
      }
      default -> take(allocator, random);
    }
  }

  private void take(HakAllocator allocator, SplittableRandom random) {
    long block = allocator.allocate(SIZES[random.nextInt(SIZES.length)]);
    byte mark = (byte) random.nextInt();
    assertThat(blocks.put(block, mark)).isNull();
    allocator.blockAt(block).fill(mark);
  }

  private void resize(HakAllocator allocator, SplittableRandom random) {
    long block = anyBlock(random);
    if (block != 0) {
      byte mark = takeMark(allocator, block);
      long kept = block;
      try {
        kept = allocator.reallocate(block, SIZES[random.nextInt(SIZES.length)]);
        allocator.blockAt(kept).fill(mark);
      } finally {
        blocks.put(kept, mark);
      }
    }
  }

  private long anyBlock(SplittableRandom random) {
    return blocks.keySet().stream()
        .skip(blocks.isEmpty() ? 0 : random.nextInt(blocks.size()))
        .findFirst()
        .orElse(0L);
  }

  /** While a block is inside of a call, no call from the source may take it. */
  private byte takeMark(HakAllocator allocator, long block) {
    byte mark = Objects.requireNonNull(blocks.remove(block));
    long last = allocator.usableSize(block) - 1;
    assertThat(allocator.blockAt(block).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo(mark);
    assertThat(allocator.blockAt(block).get(ValueLayout.JAVA_BYTE, last)).isEqualTo(mark);
    return mark;
  }

  private void free(HakAllocator allocator, long block) {
    if (block != 0) {
      byte mark = takeMark(allocator, block);
      try {
        allocator.free(block);
      } catch (IllegalStateException refused) {
        blocks.put(block, mark);
        throw refused;
      }
    }
  }
}
