package io.hakmem.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import io.hakmem.BlockDamagedException;
import io.hakmem.InvalidFreeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guard over blocks whose every call can fail. */
final class GuardTest {

  private static final long ALL_CLEARED = Long.MAX_VALUE;

  private final FailingBlocks blocks = new FailingBlocks();
  private boolean isClosed;

  @AfterEach
  void close() {
    blocks.arena.close();
  }

  private Guard guard(long quarantineBytes) {
    return new Guard(blocks, new PlainVerdicts(), quarantineBytes, System::nanoTime);
  }

  @Test
  void allocate_errorAfterTheBlockWasMade_givesItBack() {
    Guard guard = guard(1000);
    blocks.failIn(2); // The memory, of which the canary is written.
    assertThatThrownBy(() -> guard.allocate(50, 1)).isInstanceOf(OutOfMemoryError.class);
    assertThat(guard.leaks(Duration.ZERO)).isEmpty();
    guard.flush();
    assertThat(blocks.live).isEmpty();
  }

  @Test
  void free_errorAtAnyCall_leavesTheBlockLive() {
    for (long quarantine : new long[] {0, 100, 1000}) {
      for (int failing = 1; failing < 8; failing++) {
        Guard guard = guard(quarantine);
        guard.free(guard.allocate(50, 1));
        long block = guard.allocate(50, 1);
        blocks.failIn(failing);
        try {
          guard.free(block);
          blocks.failIn(0);
        } catch (OutOfMemoryError e) {
          assertThat(guard.bytes(block)).as("failing %d of %d", failing, quarantine).isEqualTo(50);
          guard.free(block);
        }
        guard.flush();
        assertThat(blocks.live).isEmpty();
        assertThat(guard.quarantinedBytes()).isZero();
      }
    }
  }

  @Test
  void flush_errorInTheFree_keepsTheBlockForAnotherCall() {
    Guard guard = guard(1000);
    guard.free(guard.allocate(50, 1));
    long second = guard.allocate(60, 1);
    guard.free(second);
    blocks.failIn(2);
    assertThatThrownBy(guard::flush).isInstanceOf(OutOfMemoryError.class);
    assertThat(blocks.live).hasSize(2);
    assertThatThrownBy(() -> guard.free(second)).isInstanceOf(InvalidFreeException.class);
    guard.flush();
    assertThat(blocks.live).isEmpty();
  }

  @Test
  void flush_freeThatThrowsAfterItHappened_forgetsTheBlock() {
    Guard guard = guard(1000);
    guard.free(guard.allocate(50, 1));
    blocks.throwAfterFree = true;
    assertThatThrownBy(guard::flush).isInstanceOf(OutOfMemoryError.class);
    blocks.throwAfterFree = false;
    guard.flush();
    assertThat(guard.quarantinedBytes()).isZero();
  }

  @Test
  void leaks_ofAnyAge_isAnswered() {
    Guard guard = guard(1000);
    guard.allocate(50, 1);
    assertThat(guard.leaks(Duration.ofDays(200_000))).isEmpty();
    assertThat(guard.leaks(Duration.ofSeconds(Long.MAX_VALUE))).isEmpty();
    assertThat(guard.leaks(Duration.ofSeconds(Long.MIN_VALUE))).hasSize(1);
  }

  /** The close of the allocator overwrites marks: what is found after it is nobody's fault. */
  @Test
  void free_marksThatTheCloseOverwrote_saysClosed() {
    Guard guard = guard(1000);
    long block = guard.allocate(50, 1);
    long other = guard.allocate(50, 1);
    blocks.memory(block).asSlice(50).fill((byte) 0);
    blocks.memory(other).asSlice(50).fill((byte) 0);
    isClosed = true;
    assertThatThrownBy(() -> guard.reallocate(other, 90, ALL_CLEARED))
        .isInstanceOf(AllocatorClosedException.class);
    assertThatThrownBy(() -> guard.free(block)).isInstanceOf(AllocatorClosedException.class);
    blocks.memory(block).fill((byte) 0);
    assertThatThrownBy(guard::flush).isInstanceOf(AllocatorClosedException.class);
  }

  @Test
  void reallocate_damagedBlock_throwsAndLeavesItLive() {
    Guard guard = guard(1000);
    long block = guard.allocate(50, 1);
    blocks.memory(block).set(ValueLayout.JAVA_BYTE, 50, (byte) 1);
    assertThatThrownBy(() -> guard.reallocate(block, 500, ALL_CLEARED))
        .isInstanceOf(BlockDamagedException.class)
        .hasMessageContaining("of 50 bytes was overrun at byte 50");
    assertThat(blocks.live).containsExactly(block);
    assertThat(guard.bytes(block)).isEqualTo(50);
    assertThatThrownBy(() -> guard.free(block)).isInstanceOf(BlockDamagedException.class);
    guard.flush();
    assertThat(blocks.live).isEmpty();
  }

  @Test
  void reallocate_errorAtAnyCall_leavesTheOldBlockAlone() {
    for (int failing = 1; failing < 12; failing++) {
      Guard guard = guard(100);
      guard.free(guard.allocate(50, 1));
      long block = guard.allocate(50, 1);
      blocks.memory(block).asSlice(0, 50).fill((byte) 5);
      blocks.failIn(failing);
      try {
        long moved = guard.reallocate(block, 90, ALL_CLEARED);
        blocks.failIn(0);
        assertThat(blocks.memory(moved).get(ValueLayout.JAVA_BYTE, 49)).isEqualTo((byte) 5);
        assertThat(blocks.memory(moved).get(ValueLayout.JAVA_BYTE, 50)).isZero();
        guard.free(moved);
      } catch (OutOfMemoryError e) {
        assertThat(guard.leaks(Duration.ZERO)).as("failing %d", failing).hasSize(1);
        assertThat(blocks.memory(block).get(ValueLayout.JAVA_BYTE, 49)).isEqualTo((byte) 5);
        guard.free(block);
      }
      guard.flush();
      assertThat(blocks.live).isEmpty();
    }
  }

  /** Says no more than that it refuses. */
  private final class PlainVerdicts implements Guard.Verdicts {

    @Override
    public RuntimeException damaged(BlockDamagedException found) {
      return isClosed ? new AllocatorClosedException("closed") : found;
    }

    @Override
    public RuntimeException refuse(long address, String known) {
      return new InvalidFreeException(known);
    }

    @Override
    public RuntimeException refuseSize(long address, String known) {
      return new InvalidFreeException(known);
    }
  }

  /** Blocks that are counted, and throw an Error in the call whose turn it is. */
  private static final class FailingBlocks implements Guard.Blocks {

    private final Arena arena = Arena.ofConfined();
    private final Map<Long, MemorySegment> all = new HashMap<>();
    private final Set<Long> live = new HashSet<>();
    private boolean throwAfterFree;
    private int callsLeft;

    /** 0 for none. */
    void failIn(int calls) {
      callsLeft = calls;
    }

    private void call() {
      if (callsLeft > 0 && --callsLeft == 0) {
        throw new OutOfMemoryError("for the test");
      }
    }

    @Override
    public long allocate(long bytes, long alignment) {
      call();
      MemorySegment memory = arena.allocate(bytes, 16);
      all.put(memory.address(), memory);
      live.add(memory.address());
      return memory.address();
    }

    @Override
    public void free(long address) {
      call();
      assertThat(live.remove(address)).isTrue();
      if (throwAfterFree) {
        throw new OutOfMemoryError("for the test");
      }
    }

    @Override
    public MemorySegment memory(long address) {
      call();
      return Objects.requireNonNull(all.get(address));
    }

    @Override
    public boolean isLive(long address) {
      return live.contains(address);
    }
  }
}
