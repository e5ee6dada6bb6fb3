package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.OutOfNativeMemoryException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API of a composed allocator, over both page sources. */
final class AllocatorTest {

  private static final long HUGE_BYTES = 2 << 20;
  private static final Pattern RANGE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) ");

  private static HakAllocator allocator(String source) {
    return HakAllocator.builder().set("HAKMEM_PAGE_SOURCE", source).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"os", "arena"})
  void randomSequence_againstAModel_neverOverlapsAndKeepsContents(String source) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    NavigableMap<Long, Long> live = new TreeMap<>();
    Map<Long, MemorySegment> segments = new HashMap<>();
    try (HakAllocator allocator = allocator(source)) {
      for (int i = 0; i < 60_000; i++) {
        if (live.size() > 300 || (!live.isEmpty() && random.nextInt(2) == 0)) {
          Long near = live.ceilingKey(random.nextLong(live.firstKey(), live.lastKey() + 1));
          assertThat(near).isNotNull();
          MemorySegment block = Objects.requireNonNull(segments.remove(near));
          assertThat(block.get(ValueLayout.JAVA_BYTE, 0)).as("seed %d", seed).isEqualTo((byte) 7);
          assertThat(block.get(ValueLayout.JAVA_BYTE, block.byteSize() - 1)).isEqualTo((byte) 7);
          live.remove(near);
          allocator.free(near);
        } else {
          long bytes = 1L << random.nextInt(18);
          bytes += random.nextLong(bytes);
          MemorySegment block = allocator.segment(bytes);
          assertThat(block.get(ValueLayout.JAVA_BYTE, bytes - 1)).as("zeroed").isZero();
          block.fill((byte) 7);
          Map.Entry<Long, Long> below = live.lowerEntry(block.address() + bytes);
          if (below != null) {
            assertThat(below.getKey() + below.getValue())
                .as("overlap with seed %d", seed)
                .isLessThanOrEqualTo(block.address());
          }
          live.put(block.address(), bytes);
          segments.put(block.address(), block);
        }
      }
      live.keySet().forEach(allocator::free);
      allocator.trim();
      assertThat(allocator.stats().committedBytes()).isLessThan(1 << 20);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1GiB, false"})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's list of mappings is Linux'")
  void allocate_wholeHugePageInUse_isAskedForAboveTheGate(String from, boolean advised)
      throws IOException {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .set("HAKMEM_PAGE_SOURCE", "os")
            .set("HAKMEM_HUGE_PAGES_FROM", from)
            .build()) {
      long first = allocator.allocate(HUGE_BYTES / 4);
      assertThat(flagsOfMappingAt(first)).as("in use in part").doesNotContain(" hg");
      List<Long> more = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        more.add(allocator.allocate(HUGE_BYTES / 4));
      }
      assertThat(flagsOfMappingAt(first).contains(" hg")).isEqualTo(advised);
      more.forEach(allocator::free);
      allocator.trim();
      assertThat(flagsOfMappingAt(more.getLast())).as("given back").doesNotContain(" hg");
    }
  }

  private static String flagsOfMappingAt(long address) throws IOException {
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      Matcher range = RANGE.matcher(line);
      if (range.lookingAt()) {
        inside =
            Long.parseUnsignedLong(range.group(1), 16) <= address
                && address < Long.parseUnsignedLong(range.group(2), 16);
      } else if (inside && line.startsWith("VmFlags:")) {
        return line;
      }
    }
    throw new IOException("no mapping holds 0x" + Long.toHexString(address));
  }

  @Test
  void waste_everyClass_isAtMostAnEighthAndSixteenBytes() {
    try (HakAllocator allocator = allocator("os")) {
      for (long bytes = 1; bytes <= 64 << 10; bytes++) {
        long block = allocator.allocate(bytes);
        assertThat(allocator.usableSize(block)).isBetween(bytes, bytes + bytes / 8 + 16);
        allocator.free(block);
      }
    }
  }

  @Test
  void allocate_alignments_areKept() {
    try (HakAllocator allocator = allocator("os")) {
      for (long alignment = 1; alignment <= 1 << 20; alignment *= 2) {
        for (long bytes : new long[] {1, 100, 5000, 70_000}) {
          long block = allocator.allocate(bytes, alignment);
          assertThat(block % alignment).isZero();
          assertThat(allocator.usableSize(block)).isGreaterThanOrEqualTo(bytes);
          allocator.free(block);
        }
      }
    }
  }

  /** Most of these are hits, and so the second of each is of a block that was in use. */
  @ParameterizedTest
  @ValueSource(strings = {"LEGACY", "THROUGHPUT", "C6_HEAVY_LEGACY_POOLV1", "MIXED_TINYV3_C7_SAFE"})
  void allocate_alignedAgainAndAgain_keepsAlignmentAndZeros(String profile) {
    try (HakAllocator allocator = HakAllocator.builder().profile(profile).build()) {
      boolean isCleared = allocator.composition().blocks().clearedBytes() == Long.MAX_VALUE;
      for (long alignment = 16; alignment <= 64 << 10; alignment *= 2) {
        for (long bytes = 1; bytes <= 64 << 10; bytes = bytes * 5 / 3 + 1) {
          for (int again = 0; again < 3; again++) {
            long block = allocator.allocate(bytes, alignment);
            assertThat(block % alignment).as("%d B at %d", bytes, alignment).isZero();
            assertThat(allocator.usableSize(block)).isGreaterThanOrEqualTo(bytes);
            MemorySegment memory = allocator.blockAt(block);
            if (isCleared) {
              assertThat(memory.get(ValueLayout.JAVA_BYTE, bytes - 1)).isZero();
            }
            memory.fill((byte) 7);
            allocator.free(block);
          }
        }
      }
    }
  }

  @Test
  void allocate_badAlignments_areRefusedAndNothingIsTaken() {
    try (HakAllocator allocator = HakAllocator.builder().profile("THROUGHPUT").build()) {
      allocator.free(allocator.allocate(100, 64));
      for (long alignment : new long[] {0, -1, -64, 3, 48, 65, Long.MAX_VALUE, Long.MIN_VALUE}) {
        assertThatThrownBy(() -> allocator.allocate(100, alignment))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("alignment=%d must be a power of two", alignment);
      }
      for (long bytes : new long[] {0, -1, -63, -64, -100, Long.MIN_VALUE}) {
        assertThatThrownBy(() -> allocator.allocate(bytes, 64))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("size=" + bytes);
      }
      assertThatThrownBy(() -> allocator.allocate(Long.MAX_VALUE, 64))
          .isInstanceOf(OutOfNativeMemoryException.class);
      assertThat(allocator.liveBytes()).isZero();
    }
  }

  @Test
  void badArguments_areRefusedWithTheLimit() {
    try (HakAllocator allocator = allocator("os")) {
      assertThatThrownBy(() -> allocator.allocate(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("size=0 must be in [1, 9223372036854775807]");
      assertThatThrownBy(() -> allocator.allocate(8, 3))
          .hasMessage("alignment=3 must be a power of two");
      assertThatThrownBy(() -> allocator.allocate(Long.MAX_VALUE))
          .isInstanceOf(OutOfNativeMemoryException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 16, Long.MAX_VALUE, Long.MIN_VALUE})
  void free_foreignAddress_isRefused(long address) {
    try (HakAllocator allocator = allocator("os")) {
      assertThatThrownBy(() -> allocator.free(address)).isInstanceOf(InvalidFreeException.class);
      assertThat(allocator.stats().refusedFrees()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {16, 24, 700, 9000, 100_000, 5 << 20})
  void free_interiorAndTwice_isRefused(long bytes) {
    try (HakAllocator allocator = allocator("os")) {
      long block = allocator.allocate(bytes);
      assertThatThrownBy(() -> allocator.free(block + 1))
          .isInstanceOf(InvalidFreeException.class)
          .hasMessageContaining("is inside a block");
      allocator.free(block);
      assertThatThrownBy(() -> allocator.free(block)).isInstanceOf(InvalidFreeException.class);
    }
  }

  @Test
  void memoryLimit_exceeded_namesAskedUsedAndLimitAndGoesOn() {
    try (HakAllocator allocator =
        HakAllocator.builder().set("HAKMEM_MEMORY_LIMIT", "1MiB").build()) {
      assertThatThrownBy(() -> allocator.allocate(2_000_000))
          .isInstanceOf(OutOfNativeMemoryException.class)
          .hasMessage(
              "asked 2000000 bytes, of the system 2031616: used 0, limit 1048576"
                  + " (HAKMEM_MEMORY_LIMIT); the allocator has 0 bytes live, 0 cached by 1"
                  + " heaps");
      allocator.free(allocator.allocate(100));
    }
  }

  @Test
  void reallocate_growing_keepsContents() {
    try (HakAllocator allocator = allocator("os")) {
      MemorySegment small = allocator.segment(100);
      small.fill((byte) 9);
      long moved = allocator.reallocate(small.address(), 100_000);
      assertThat(allocator.usableSize(moved)).isGreaterThanOrEqualTo(100_000);
      assertThat(allocator.owns(moved)).isTrue();
      allocator.free(moved);
    }
  }

  @ParameterizedTest
  @CsvSource({"full,0,0", "header,0,7", "off,7,7"})
  void zeroMode_recycledBlock_isClearedAsFarAsItSays(String mode, byte first, byte last) {
    try (HakAllocator allocator =
        HakAllocator.builder().set("HAKMEM_POOL_ZERO_MODE", mode).build()) {
      MemorySegment used = allocator.segment(500);
      used.fill((byte) 7);
      allocator.free(used.address());
      MemorySegment again = allocator.segment(500);
      assertThat(again.address()).isEqualTo(used.address());
      assertThat(again.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo(first);
      assertThat(again.get(ValueLayout.JAVA_BYTE, 499)).isEqualTo(last);
      allocator.free(allocator.allocateZeroed(500));
    }
  }

  @ParameterizedTest
  @CsvSource({"100,97", "131072,70000", "3000,2600", "5000000,4500000"})
  void zeroModeFull_recycledBlock_isZeroUpToItsEnd(long dirtied, long asked) {
    try (HakAllocator allocator = HakAllocator.create()) {
      List<LongSupplier> calls =
          List.of(
              () -> allocator.allocate(asked),
              () -> allocator.heap().allocate(asked),
              () -> allocator.allocate(asked, 16),
              () -> allocator.allocateZeroed(asked),
              () -> allocator.segment(asked).address(),
              () -> {
                long small = allocator.allocate(16);
                allocator.blockAt(small).fill((byte) 7);
                long moved = allocator.reallocate(small, asked);
                allocator.blockAt(moved).asSlice(0, 16).fill((byte) 0);
                return moved;
              });
      for (LongSupplier call : calls) {
        long used = allocator.allocate(dirtied);
        allocator.blockAt(used).fill((byte) 7);
        allocator.free(used);
        long block = call.getAsLong();
        long whole = allocator.usableSize(block);
        assertThat(allocator.reallocate(block, whole)).isEqualTo(block);
        assertThat(allocator.blockAt(block).mismatch(MemorySegment.ofArray(new byte[(int) whole])))
            .isEqualTo(-1);
        allocator.free(block);
      }
    }
  }

  @Test
  void segment_keptAfterFreeAndTrim_doesNotCrash() {
    try (HakAllocator allocator = allocator("os")) {
      MemorySegment kept = allocator.segment(200_000);
      kept.fill((byte) 5);
      allocator.free(kept.address());
      allocator.trim();
      assertThat(allocator.stats().committedBytes()).isZero();
      assertThat(kept.get(ValueLayout.JAVA_BYTE, 0)).isZero();
    }
  }

  @Test
  void afterClose_everythingIsRefused() {
    HakAllocator allocator = allocator("os");
    long block = allocator.allocate(10);
    allocator.close();
    allocator.close();
    assertThatThrownBy(() -> allocator.allocate(10)).isInstanceOf(AllocatorClosedException.class);
    assertThatThrownBy(() -> allocator.free(block)).isInstanceOf(AllocatorClosedException.class);
    assertThat(allocator.owns(block)).isFalse();
  }

  @Test
  void remoteFrees_fromSeveralThreadsThatDie_allComeBack() throws InterruptedException {
    try (HakAllocator allocator = allocator("os")) {
      ConcurrentLinkedQueue<Long> passed = new ConcurrentLinkedQueue<>();
      for (int round = 0; round < 8; round++) {
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
          threads[i] = new Thread(() -> passBlocksOn(allocator, passed));
          threads[i].start();
        }
        for (Thread thread : threads) {
          thread.join();
        }
      }
      for (Long block = passed.poll(); block != null; block = passed.poll()) {
        allocator.free(block);
      }
      for (int i = 0; i < 3_000; i++) {
        passed.add(allocator.allocate(48));
      }
      passed.forEach(allocator::free);
      allocator.trim();
      assertThat(allocator.stats().committedBytes()).isLessThan(1 << 20);
      assertThat(allocator.stats().refusedFrees()).isZero();
    }
  }

  @Test
  void virtualThreads_manyThatPassBlocksOn_giveEverythingBack() throws InterruptedException {
    try (HakAllocator allocator = allocator("os")) {
      ConcurrentLinkedQueue<Long> passed = new ConcurrentLinkedQueue<>();
      Thread[] threads = new Thread[5_000];
      for (int i = 0; i < threads.length; i++) {
        threads[i] = Thread.ofVirtual().start(() -> passOneOn(allocator, passed));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      passed.forEach(allocator::free);
      allocator.trim();
      assertThat(allocator.stats().committedBytes()).isLessThan(1 << 20);
      assertThat(allocator.stats().refusedFrees()).isZero();
    }
  }

  private static void passOneOn(HakAllocator allocator, ConcurrentLinkedQueue<Long> passed) {
    passed.add(allocator.allocate(700));
    LockSupport.parkNanos(1);
    Long other = passed.poll();
    if (other != null) {
      allocator.free(other);
    }
  }

  private static void passBlocksOn(HakAllocator allocator, ConcurrentLinkedQueue<Long> passed) {
    for (int i = 0; i < 5_000; i++) {
      passed.add(allocator.allocate(1 + i % 600));
      Long other = passed.poll();
      if (other != null && i % 3 != 0) {
        allocator.free(other);
      } else if (other != null) {
        passed.add(other);
      }
    }
  }
}
