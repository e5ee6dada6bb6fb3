package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.compose.Composer;
import io.hakmem.compose.Parts;
import io.hakmem.compose.Wanted;
import io.hakmem.engine.Engine;
import io.hakmem.heap.LocalHeap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An allocator works, and takes the same Java heap, wherever its regions lie. */
final class SparseRegionsTest {

  /** Pages of such regions meet in every table that is not too large for them. */
  private static final long APART = 1L << 36;

  /** 1 MiB of Java heap, with compressed references. */
  private static final int MOST_SLOTS = 1 << 18;

  private static final int ROUNDS = 4;
  private static final int BLOCKS = 1500;
  private static final int[] SIZES = {16, 64, 256, 512, 1000, 1024, 2048, 5000, 20_000, 70_000};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HAKMEM_PROFILE=LEGACY",
        "HAKMEM_PROFILE=C7_SAFE",
        "HAKMEM_PROFILE=C6_HEAVY_LEGACY_POOLV1",
        "HAKMEM_PROFILE=C6_HEAVY_LEGACY_POOLV1_FLATTEN",
        "HAKMEM_PROFILE=MIXED_TINYV3_C7_SAFE",
        "HAKMEM_PROFILE=THROUGHPUT",
        "HAKMEM_SMALLMID_ENABLE=1 HAKMEM_SMALLMID_STATS=1",
        "HAKMEM_MID_DESC_CACHE_ENABLED=1",
        "HAKMEM_TINY_C7_HOT=0 HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED=0",
        "HAKMEM_POOL_V2_ENABLED=1",
        "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_V2_BLOCK_TO_USER=0 HAKMEM_POOL_V2_TLS_FAST_PATH=0",
        "HAKMEM_LEAK_SAMPLE_EVERY=3",
        "HAKMEM_CHECKS=off",
        "HAKMEM_CHECKS=full",
      })
  void blocks_inRegionsFarApart_areAllocatedFreedAndUsedAgain(String gates) throws Exception {
    SparseSource source = new SparseSource(APART);
    try (HakAllocator pool = pool(gates, source)) {
      List<Long> live = new ArrayList<>();
      Random random = new Random(7);
      for (int round = 0; round < ROUNDS; round++) {
        play(pool, live, random, round % 2 == 1);
      }
      onThread(() -> fill(pool, live, random)); // Its pages are adopted.
      fill(pool, live, random);
      live.forEach(block -> requireContent(pool, block));
      live.forEach(pool::free);
      pool.checkInvariants();
      pool.trim();
      assertThat(pool.stats().liveBytes()).isZero();
      assertThat(source.reserved()).isGreaterThan(20);
    }
  }

  private static void play(HakAllocator pool, List<Long> live, Random random, boolean trims)
      throws Exception {
    fill(pool, live, random);
    live.forEach(block -> requireContent(pool, block));
    freeHalf(pool, live, random);
    onThread(() -> freeHalf(pool, live, random));
    pool.checkInvariants();
    if (trims) {
      pool.trim();
    }
    live.forEach(block -> requireContent(pool, block));
  }

  /** With full checks an aligned block has a page of its own like all others. */
  @ParameterizedTest
  @ValueSource(strings = {"HAKMEM_PROFILE=LEGACY", "HAKMEM_CHECKS=full"})
  void allocate_hugeAlignments_areServedOrRefusedAndCostNoJavaHeap(String gates) {
    try (Engine engine = new Engine(parts(gates, null))) {
      List<Long> live = new ArrayList<>();
      for (int shift : new int[] {38, 38, 38, 38, 38, 38, 41, 45, 46}) {
        long alignment = 1L << shift;
        live.add(engine.heaps().current().allocate(64));
        live.addAll(aligned(engine, alignment));
      }
      assertThat(live).hasSizeGreaterThan(15);
      assertThat(live).doesNotHaveDuplicates();
      live.forEach(engine.frees()::free);
      for (long block : live) {
        assertThatThrownBy(() -> engine.frees().free(block))
            .isInstanceOf(InvalidFreeException.class);
      }
      engine.checkInvariants();
    }
  }

  /** The blocks at multiples of a large number, as far as there is address space for it. */
  private static List<Long> aligned(Engine engine, long alignment) {
    try {
      long block = engine.allocateAlignedSlow(1, alignment, 0);
      assertThat(block % alignment).isZero();
      assertThat(engine.owns(block)).isTrue();
      return List.of(block);
    } catch (OutOfNativeMemoryException refused) {
      assertThat(alignment).isGreaterThan(1L << 41);
      return List.of();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {64L << 30, 511L << 30, 1L << 40})
  void regions_farApart_takeAsMuchJavaHeapAsNeighbours(long distance) {
    Parts parts = parts("HAKMEM_PROFILE=LEGACY", new SparseSource(distance));
    try (Engine engine = new Engine(parts)) {
      LocalHeap heap = engine.ownHeap();
      List<Long> live = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        live.add(heap.allocate(64 << 10));
        live.add(heap.allocate(1 << 10));
      }
      assertThat(live).doesNotHaveDuplicates();
      assertThat(parts.directory().table().length()).isLessThanOrEqualTo(MOST_SLOTS);
      live.forEach(engine.frees()::free);
      engine.checkInvariants();
    }
  }

  private static Parts parts(String gates, @Nullable SparseSource source) {
    String[] gate = gates.split("=", -1);
    Map<String, String> values =
        Map.of("HAKMEM_REGION_BYTES", "1MiB", "HAKMEM_COMMIT_BYTES", "64KiB", gate[0], gate[1]);
    return Composer.compose(new Wanted().setAll(values).source(source));
  }

  private static HakAllocator pool(String gates, SparseSource source) {
    HakAllocator.Builder builder =
        HakAllocator.builder()
            .set("HAKMEM_REGION_BYTES", "1MiB")
            .set("HAKMEM_COMMIT_BYTES", "64KiB")
            .pageSource(source);
    for (String gate : gates.split(" ", -1)) {
      builder.set(gate.substring(0, gate.indexOf('=')), gate.substring(gate.indexOf('=') + 1));
    }
    return builder.build();
  }

  private static void fill(HakAllocator pool, List<Long> live, Random random) {
    for (int i = 0; i < BLOCKS; i++) {
      int bytes = SIZES[random.nextInt(SIZES.length)];
      long block = pool.allocate(bytes);
      MemorySegment content = pool.blockAt(block);
      content.set(ValueLayout.JAVA_LONG, 0, ~block);
      content.set(ValueLayout.JAVA_LONG, 8, block);
      live.add(block);
    }
  }

  private static void requireContent(HakAllocator pool, long block) {
    MemorySegment content = pool.blockAt(block);
    assertThat(content.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(~block);
    assertThat(content.get(ValueLayout.JAVA_LONG, 8)).isEqualTo(block);
  }

  private static void freeHalf(HakAllocator pool, List<Long> live, Random random) {
    for (int left = live.size() / 2; left > 0; left--) {
      int last = live.size() - 1;
      int index = random.nextInt(live.size());
      long block = live.get(index);
      live.set(index, live.get(last));
      live.remove(last);
      pool.free(block);
    }
  }

  private static void onThread(Runnable task) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Thread thread = new Thread(task);
    thread.setUncaughtExceptionHandler((who, failure) -> failures.add(failure));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }
}
