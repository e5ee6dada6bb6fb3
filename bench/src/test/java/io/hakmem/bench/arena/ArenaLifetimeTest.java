package io.hakmem.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arenas and their allocator: which of them ends first, and on which thread. */
@Tag("slow")
final class ArenaLifetimeTest {

  private static final int ROUNDS = 150;
  private static final int THREADS = 4;

  static List<ArenaKind> kinds() {
    return ArenaKind.all();
  }

  /** Those whose regions come and go with the allocator: an access after the end is a crash. */
  static List<ArenaKind> mappedKinds() {
    return ArenaKind.all().stream().filter(kind -> kind.pageSource().equals("os")).toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void close_ofTheAllocatorFirst_keepsSegmentsUntilTheArenaCloses(ArenaKind kind) {
    HakAllocator allocator = kind.allocator();
    Arena arena = kind.of(allocator);
    MemorySegment small = arena.allocate(100);
    MemorySegment large = arena.allocate(200_000);
    large.fill((byte) 5);
    for (int i = 0; i < 200; i++) {
      allocator.segment(100_000).fill((byte) 1);
    }
    allocator.close();
    assertThat(small.fill((byte) 6).get(ValueLayout.JAVA_BYTE, 99)).isEqualTo((byte) 6);
    assertThat(large.toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 5);
    assertThat(allocator.stats().committedBytes()).isBetween(262_144L, 393_216L);
    assertThatThrownBy(() -> arena.allocate(1 << 20)).isInstanceOf(AllocatorClosedException.class);
    assertThatThrownBy(() -> kind.of(allocator)).isInstanceOf(AllocatorClosedException.class);
    allocator.close();
    assertThat(small.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 6);
    arena.close();
    assertThat(allocator.stats().reservedBytes()).isZero();
    assertThat(allocator.stats().committedBytes()).isZero();
    assertThatThrownBy(arena::close).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void close_ofTheAllocator_waitsForTheLastOfSeveralArenas(ArenaKind kind) {
    HakAllocator allocator = kind.allocator();
    List<Arena> arenas = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      arenas.add(kind.of(allocator));
      arenas.get(i).allocate(10_000L * i);
    }
    allocator.close();
    for (Arena arena : arenas) {
      assertThat(allocator.stats().reservedBytes()).isPositive();
      arena.close();
    }
    assertThat(allocator.stats().reservedBytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void close_ofTheAllocatorAfterItsArenas_leavesNothing(ArenaKind kind) {
    HakAllocator allocator = kind.allocator();
    for (int i = 0; i < 3; i++) {
      try (Arena arena = kind.of(allocator)) {
        arena.allocate(100);
      }
    }
    allocator.close();
    assertThat(allocator.stats().reservedBytes()).isZero();
    assertThatThrownBy(() -> kind.of(allocator)).isInstanceOf(AllocatorClosedException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void arenas_insideEachOther_endInAnyOrder(ArenaKind kind) {
    try (HakAllocator allocator = kind.allocator()) {
      Arena outer = kind.of(allocator);
      Arena inner = kind.of(allocator);
      MemorySegment kept = inner.allocate(50);
      assertThat(kept.asOverlappingSlice(outer.allocate(50))).isEmpty();
      outer.close();
      try (Arena next = kind.of(allocator)) {
        assertThat(kept.asOverlappingSlice(next.allocate(4000))).isEmpty();
      }
      inner.close();
      allocator.trim();
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void memoryLimit_reached_isRefusedAndTheArenaGoesOn(ArenaKind kind) {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .profile(kind.profile())
            .set("HAKMEM_PAGE_SOURCE", kind.pageSource())
            .set("HAKMEM_MEMORY_LIMIT", "2MiB")
            .build()) {
      try (Arena arena = kind.of(allocator)) {
        arena.allocate(1000);
        assertThatThrownBy(() -> arena.allocate(4 << 20))
            .isInstanceOf(OutOfNativeMemoryException.class)
            .hasMessageContaining("HAKMEM_MEMORY_LIMIT");
        arena.allocate(100_000).fill((byte) 1);
      }
      allocator.trim();
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threads_thatEnd_giveBackWhatTheyKept(boolean virtual) throws InterruptedException {
    try (HakAllocator allocator = HakAllocator.create()) {
      for (int i = 0; i < 300; i++) {
        Thread thread =
            (virtual ? Thread.ofVirtual() : Thread.ofPlatform())
                .start(() -> openAndClose(allocator, 100));
        thread.join();
      }
      assertThat(allocator.stats().liveBytes()).isLessThan(64 << 10);
      allocator.trim();
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }

  private static void openAndClose(HakAllocator allocator, long bytes) {
    try (Arena arena = allocator.arena()) {
      MemorySegment segment = arena.allocate(bytes);
      segment.fill((byte) 3);
      assertThat(segment.get(ValueLayout.JAVA_BYTE, bytes - 1)).isEqualTo((byte) 3);
    }
  }

  @Test
  void threads_moreThanTheTableHas_eachFindTheirOwn() throws Exception {
    try (HakAllocator allocator = HakAllocator.create()) {
      CountDownLatch allThere = new CountDownLatch(400);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Thread thread =
            new Thread(
                () -> {
                  openAndClose(allocator, 100);
                  allThere.countDown();
                  awaitAll(allThere);
                  openAndClose(allocator, 200);
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      allocator.trim();
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void sharedArena_closedWhileThreadsUseIt_refusesEachOfThem() throws Exception {
    ArenaKind kind = new ArenaKind(true, "os", "THROUGHPUT");
    try (HakAllocator allocator = kind.allocator()) {
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        for (int round = 0; round < ROUNDS; round++) {
          closeWhileUsed(allocator.sharedArena(), threads);
        }
      }
      awaitNothingLive(allocator);
    }
  }

  /** A pool's threads live on for a moment after its end, and own what others freed until then. */
  private static void awaitNothingLive(HakAllocator allocator) throws InterruptedException {
    for (int i = 0; i < 200 && allocator.stats().liveBytes() > 0; i++) {
      Thread.sleep(10);
      allocator.trim();
    }
    assertThat(allocator.stats().liveBytes()).isZero();
  }

  private static void closeWhileUsed(Arena arena, ExecutorService threads) throws Exception {
    CountDownLatch started = new CountDownLatch(THREADS);
    List<Future<?>> users = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      byte mark = (byte) (1 + i);
      users.add(threads.submit(() -> useUntilClosed(arena, mark, started)));
    }
    started.await();
    arena.close();
    for (Future<?> user : users) {
      assertThatThrownBy(user::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseExactlyInstanceOf(IllegalStateException.class);
    }
  }

  private static void useUntilClosed(Arena arena, byte mark, CountDownLatch started) {
    for (int i = 0; ; i++) {
      MemorySegment segment = arena.allocate(1 + i % 3000, 1L << i % 8);
      assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 0);
      segment.fill(mark);
      MemorySegment copied = arena.allocateFrom(ValueLayout.JAVA_INT, i, i);
      assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).containsOnly(mark);
      assertThat(copied.get(ValueLayout.JAVA_INT, 4)).isEqualTo(i);
      started.countDown();
    }
  }

  @ParameterizedTest
  @MethodSource("mappedKinds")
  void close_ofTheAllocatorWhileThreadsUseArenas_crashesNothingAndLeavesNothing(ArenaKind kind)
      throws Exception {
    ThreadFactory platform = Thread.ofPlatform().factory();
    ThreadFactory virtual = Thread.ofVirtual().factory();
    for (int round = 0; round < ROUNDS / 5; round++) {
      HakAllocator allocator = kind.allocator();
      CountDownLatch started = new CountDownLatch(THREADS);
      try (ExecutorService threads =
          Executors.newThreadPerTaskExecutor(round % 4 == 3 ? virtual : platform)) {
        List<Future<?>> users = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          users.add(threads.submit(() -> openUntilClosed(kind, allocator, started)));
        }
        started.await();
        allocator.close();
        for (Future<?> user : users) {
          assertThatThrownBy(user::get)
              .isInstanceOf(ExecutionException.class)
              .hasCauseExactlyInstanceOf(AllocatorClosedException.class);
        }
      }
      assertThat(allocator.stats().reservedBytes()).as("round %d", round).isZero();
    }
  }

  private static void openUntilClosed(
      ArenaKind kind, HakAllocator allocator, CountDownLatch started) {
    for (int i = 0; ; i++) {
      try (Arena arena = kind.of(allocator)) {
        MemorySegment segment = arena.allocate(500);
        segment.fill((byte) i);
        if (i % 4 == 0) {
          arena.allocate(20_000).fill((byte) i);
        }
        assertThat(segment.get(ValueLayout.JAVA_BYTE, 499)).isEqualTo((byte) i);
      }
      started.countDown();
    }
  }
}
