package io.hakmem.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clean-up actions that use the arena of which they are. */
@Timeout(60)
@SuppressWarnings("restricted")
final class ArenaCleanupTest {

  private static final int BYTES = 100;
  private static final byte FILL = 7;

  private static void atTheEnd(Arena arena, Consumer<MemorySegment> action) {
    arena.allocate(BYTES).fill(FILL).reinterpret(arena, action);
  }

  /** What another thread's call throws; null if it ends as it should. */
  private static Throwable elsewhere(Runnable call) {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> thrown.complete(catchThrowable(call::run)));
    return catchThrowable(
        () -> {
          Throwable found = thrown.get(20, TimeUnit.SECONDS);
          if (found != null) {
            throw found;
          }
        });
  }

  @Test
  void close_cleanupThatWaitsForAThreadWithTheArena_isAnsweredLikeTheJdk() {
    try (HakAllocator allocator = HakAllocator.create()) {
      Arena arena = allocator.sharedArena();
      List<Throwable> thrown = new ArrayList<>();
      atTheEnd(
          arena,
          memory -> {
            thrown.add(elsewhere(() -> arena.allocate(8)));
            thrown.add(elsewhere(() -> arena.allocate(1 << 20)));
            thrown.add(elsewhere(arena::close));
          });
      arena.close();
      assertThat(thrown)
          .hasSize(3)
          .allSatisfy(
              each ->
                  assertThat(each)
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessage("Already closed"));
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }

  /** The memory of an action is its own until all actions have run, whoever closes again. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void close_againInACleanup_keepsTheMemoryForTheOtherActions(boolean shared) {
    try (HakAllocator allocator = HakAllocator.create()) {
      Arena arena = shared ? allocator.sharedArena() : allocator.arena();
      List<Byte> seen = new ArrayList<>();
      Consumer<MemorySegment> look = memory -> seen.add(memory.get(ValueLayout.JAVA_BYTE, 1));
      atTheEnd(arena, look);
      atTheEnd(
          arena,
          memory -> {
            assertThat(catchThrowable(arena::close)).isInstanceOf(IllegalStateException.class);
            assertThat(allocator.stats().liveBytes()).isPositive();
            try (Arena next = shared ? allocator.sharedArena() : allocator.arena()) {
              next.allocate(1000).fill((byte) 1);
            }
          });
      atTheEnd(arena, look);
      arena.close();
      assertThat(seen).containsExactly(FILL, FILL);
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }
}
