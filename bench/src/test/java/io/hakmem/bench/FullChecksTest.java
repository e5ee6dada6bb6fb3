package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.BlockDamagedException;
import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.Leak;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FullChecksTest {

  private static final byte ONE = 1;

  private static HakAllocator guarded() {
    return HakAllocator.builder().set("HAKMEM_CHECKS", "full").build();
  }

  /** The memory behind what was asked for, which a wrong program reaches by its raw address. */
  @SuppressWarnings("restricted")
  private static MemorySegment raw(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 15, 16, 100, 1024, 40_000, 70_000, 3_000_000})
  void free_overrunByOneByte_saysWhereAndTakesTheBlock(long bytes) {
    try (HakAllocator allocator = guarded()) {
      long block = allocator.allocate(bytes);
      raw(block, bytes + 1).set(ValueLayout.JAVA_BYTE, bytes, ONE);
      assertThatThrownBy(() -> allocator.free(block))
          .isInstanceOf(BlockDamagedException.class)
          .hasMessageContaining("of %d bytes was overrun at byte %d".formatted(bytes, bytes))
          .hasMessageContaining("FullChecksTest");
      assertThatThrownBy(() -> allocator.free(block)).isInstanceOf(InvalidFreeException.class);
      assertThat(allocator.leaks(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void free_wholeBlocksWritten_findsNothing() {
    try (HakAllocator allocator = guarded()) {
      for (long bytes = 1; bytes < 5000; bytes += 13) {
        MemorySegment segment = allocator.segment(bytes);
        segment.fill(ONE);
        assertThat(allocator.usableSize(segment.address())).isEqualTo(bytes);
        allocator.free(segment.address());
        long zeroed = allocator.allocateZeroed(bytes);
        assertThat(allocator.blockAt(zeroed).mismatch(MemorySegment.ofArray(new byte[(int) bytes])))
            .isEqualTo(-1);
        allocator.free(zeroed);
        long aligned = allocator.allocate(bytes, 256);
        assertThat(aligned % 256).isZero();
        allocator.free(aligned);
      }
      allocator.trim();
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }

  @Test
  void free_writtenAfterItsFree_isFoundWhenTheBlockLeaves() {
    try (HakAllocator allocator = guarded()) {
      long block = allocator.allocate(200);
      allocator.free(block);
      raw(block, 200).set(ValueLayout.JAVA_BYTE, 7, ONE);
      assertThatThrownBy(allocator::trim)
          .isInstanceOf(BlockDamagedException.class)
          .hasMessageContaining("was written at byte 7 after its free");
      assertThatCode(allocator::trim).doesNotThrowAnyException();
    }
  }

  @Test
  void free_quarantineFull_oldestBlockIsHandedOutAgain() {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .set("HAKMEM_CHECKS", "full")
            .set("HAKMEM_QUARANTINE_BYTES", "4KiB")
            .build()) {
      long block = allocator.allocate(1000);
      allocator.free(block);
      assertThat(allocator.allocate(1000)).isNotEqualTo(block);
      for (int i = 0; i < 4; i++) {
        allocator.free(allocator.allocate(1000));
      }
      assertThat(allocator.allocate(1000)).isEqualTo(block);
    }
  }

  @Test
  void free_twice_saysWhereBothHappened() {
    try (HakAllocator allocator = guarded()) {
      long block = allocator.allocate(10);
      allocator.free(block);
      assertThatThrownBy(() -> allocator.free(block))
          .isInstanceOf(InvalidFreeException.class)
          .hasMessageContaining("is already free: allocated at io.hakmem")
          .hasMessageContaining("freed at io.hakmem.bench")
          .hasMessageContaining("free_twice_saysWhereBothHappened");
      assertThat(allocator.stats().refusedFrees()).isEqualTo(1);
    }
  }

  @Test
  void freeSized_anotherSize_isRefusedAndTheBlockLives() {
    try (HakAllocator allocator = guarded()) {
      long block = allocator.allocate(10);
      assertThatThrownBy(() -> allocator.freeSized(block, 11))
          .isInstanceOf(InvalidFreeException.class)
          .hasMessageContaining("has 10 bytes and not 11");
      assertThat(allocator.stats().refused().wrongSize()).isEqualTo(1);
      assertThat(allocator.usableSize(block)).isEqualTo(10);
      allocator.freeSized(block, 10);
      assertThatThrownBy(() -> allocator.freeSized(block, 10))
          .isInstanceOf(InvalidFreeException.class);
    }
  }

  @Test
  void close_blocksNotFreed_logsThePlaces() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (HakAllocator allocator = guarded()) {
      allocator.allocate(1000);
      allocator.allocate(500);
      long overwritten = allocator.allocate(64);
      allocator.free(overwritten);
      raw(overwritten, 64).set(ValueLayout.JAVA_BYTE, 3, ONE);
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("2 blocks of 1500 bytes are not freed at close")
        .contains("1 blocks of 1000 bytes allocated at io.hakmem.bench")
        .contains("close_blocksNotFreed_logsThePlaces")
        .contains("found at close: block")
        .contains("written at byte 3 after its free");
  }

  @Test
  void reallocate_smallChange_movesAndKeepsContents() {
    try (HakAllocator allocator = guarded()) {
      MemorySegment segment = allocator.segment(100);
      segment.fill((byte) 9);
      long moved = allocator.reallocate(segment.address(), 90);
      assertThat(moved).isNotEqualTo(segment.address());
      assertThat(allocator.blockAt(moved).byteSize()).isEqualTo(90);
      assertThat(allocator.blockAt(moved).get(ValueLayout.JAVA_BYTE, 89)).isEqualTo((byte) 9);
      allocator.free(moved);
    }
  }

  @Test
  void arena_fullChecks_staysInsideItsBlocks() {
    try (HakAllocator allocator = guarded()) {
      try (Arena arena = allocator.arena()) {
        for (int i = 1; i < 2000; i++) {
          arena.allocate(i).fill(ONE);
        }
      }
      allocator.trim();
      assertThat(allocator.leaks(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void leaks_blocksOfTwoPlaces_areTwoSites() {
    try (HakAllocator allocator = guarded()) {
      for (int i = 0; i < 3; i++) {
        allocator.allocate(1000);
      }
      long other = allocator.allocate(50);
      List<Leak> leaks = allocator.leaks(Duration.ZERO);
      assertThat(leaks).extracting(Leak::blocks).containsExactly(3L, 1L);
      assertThat(leaks).extracting(Leak::bytes).containsExactly(3000L, 50L);
      assertThat(leaks.getFirst().site())
          .startsWith(FullChecksTest.class.getName() + ".")
          .contains("leaks_blocksOfTwoPlaces_areTwoSites");
      assertThat(allocator.leaks(Duration.ofHours(1))).isEmpty();
      allocator.free(other);
      assertThat(allocator.leaks(Duration.ZERO)).hasSize(1);
    }
  }

  @Test
  void free_twoThreadsAtOnce_oneSucceeds() throws Exception {
    try (HakAllocator allocator = guarded();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 0; round < 3000; round++) {
        long block = allocator.allocate(64);
        Future<Boolean> remote = other.submit(() -> isFreedBy(allocator, start, block));
        assertThat(isFreedBy(allocator, start, block) ^ remote.get()).isTrue();
      }
    }
  }

  private static boolean isFreedBy(HakAllocator allocator, CyclicBarrier start, long block)
      throws Exception {
    start.await();
    try {
      allocator.free(block);
      return true;
    } catch (InvalidFreeException second) {
      return false;
    }
  }

  @Test
  void leaks_sampledMisses_showWhatGrows() {
    try (HakAllocator allocator =
        HakAllocator.builder().set("HAKMEM_LEAK_SAMPLE_EVERY", "1").build()) {
      List<Long> grown = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        grown.add(allocator.allocate(100));
      }
      assertThat(allocator.leaks(Duration.ZERO))
          .singleElement()
          .satisfies(
              leak ->
                  assertThat(leak.site())
                      .startsWith(FullChecksTest.class.getName() + ".")
                      .contains("leaks_sampledMisses_showWhatGrows"))
          .satisfies(leak -> assertThat(leak.blocks()).isBetween(10L, 10_000L));
      grown.forEach(allocator::free);
      assertThat(allocator.leaks(Duration.ZERO)).isEmpty();
      allocator.trim();
      allocator.checkInvariants();
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }

  @Test
  void leaks_neitherFullNorSampled_isEmpty() {
    try (HakAllocator allocator = HakAllocator.create()) {
      allocator.allocate(100);
      assertThat(allocator.leaks(Duration.ZERO)).isEmpty();
    }
  }
}
