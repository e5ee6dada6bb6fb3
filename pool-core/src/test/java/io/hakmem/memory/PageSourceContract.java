package io.hakmem.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every page source. */
abstract class PageSourceContract {

  static final long GRANULE = PageSource.GRANULE_BYTES;
  static final long IMPOSSIBLE = 1L << 60;

  final PageSource source = newSource();

  abstract PageSource newSource();

  /** The pattern of the text when a reservation fails, after {@code asked N bytes: }. */
  abstract String reserveFailure();

  @AfterEach
  void close() {
    source.close();
  }

  static void assertZero(Region region, long address, long bytes) {
    MemorySegment zeros = MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
    assertThat(region.slice(address, bytes).mismatch(zeros)).isEqualTo(-1);
  }

  static void fill(Region region, long address, long bytes) {
    region.slice(address, bytes).fill((byte) 0x5a);
  }

  @Test
  void reserve_anySize_isAlignedAndCoversTheRegion() {
    for (long granules = 1; granules <= 40; granules += 3) {
      Region region = source.reserve(granules * GRANULE);
      assertThat(region.base()).isPositive();
      assertThat(region.base() % GRANULE).isZero();
      assertThat(region.bytes()).isEqualTo(granules * GRANULE);
      assertThat(region.memory().address()).isEqualTo(region.base());
      assertThat(region.memory().byteSize()).isEqualTo(region.bytes());
    }
  }

  @Test
  void reserve_manyRegions_doNotOverlap() {
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Region region = source.reserve(2 * GRANULE);
      for (Region other : regions) {
        assertThat(Math.abs(region.base() - other.base())).isGreaterThanOrEqualTo(2 * GRANULE);
      }
      regions.add(region);
    }
  }

  @Test
  void reserve_notMultipleOfGranule_isRefused() {
    for (long bytes : new long[] {Long.MIN_VALUE, -GRANULE, 0, 1, GRANULE + 1, Long.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.reserve(bytes))
          .withMessage("bytes=" + bytes + " must be a positive multiple of 65536");
    }
  }

  @Test
  void reserve_impossibleSize_namesTheFailureAndLeavesTheSourceWorking() {
    assertThatThrownBy(() -> source.reserve(IMPOSSIBLE))
        .isInstanceOfSatisfying(
            OutOfNativeMemoryException.class, e -> assertThat(e.askedBytes()).isEqualTo(IMPOSSIBLE))
        .message()
        .matches("asked " + IMPOSSIBLE + " bytes: " + reserveFailure());
    Region region = source.reserve(GRANULE);
    source.commit(region.base(), GRANULE);
    fill(region, region.base(), GRANULE);
  }

  @Test
  void reserve_largestSize_isOutOfMemory() {
    assertThatThrownBy(() -> source.reserve(Long.MAX_VALUE / GRANULE * GRANULE))
        .isInstanceOf(OutOfNativeMemoryException.class);
  }

  @Test
  void commit_fresh_isZeroAndWritable() {
    Region region = source.reserve(8 * GRANULE);
    source.commit(region.base(), region.bytes());
    assertZero(region, region.base(), region.bytes());
    fill(region, region.base(), region.bytes());
    assertThat(region.memory().get(JAVA_BYTE, region.bytes() - 1)).isEqualTo((byte) 0x5a);
    assertThat(source.zeroedOnCommit()).isTrue();
  }

  @Test
  void commit_afterDecommit_isZeroThereAndUntouchedElsewhere() {
    Region region = source.reserve(4 * GRANULE);
    source.commit(region.base(), region.bytes());
    fill(region, region.base(), region.bytes());
    long middle = region.base() + GRANULE;
    source.decommit(middle, 2 * GRANULE);
    source.decommit(middle, 2 * GRANULE);
    source.commit(middle, 2 * GRANULE);
    assertZero(region, middle, 2 * GRANULE);
    assertThat(region.memory().get(JAVA_BYTE, GRANULE - 1)).isEqualTo((byte) 0x5a);
    assertThat(region.memory().get(JAVA_BYTE, 3 * GRANULE)).isEqualTo((byte) 0x5a);
  }

  @Test
  void commit_rangeOutsideOfRegions_isRefused() {
    Region region = source.reserve(2 * GRANULE);
    long base = region.base();
    long[][] ranges = {
      {0, GRANULE},
      {Long.MIN_VALUE, GRANULE},
      {base + region.bytes() - GRANULE, Long.MAX_VALUE / GRANULE * GRANULE},
      {base, 1000 * GRANULE},
    };
    for (long[] range : ranges) {
      String text =
          String.format(
              "address=0x%x, bytes=%d is not within one region of page source %s",
              range[0], range[1], source.name());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.commit(range[0], range[1]))
          .withMessage(text);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.preferHugePages(range[0], range[1]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> source.decommit(range[0], range[1]))
          .withMessage(text);
    }
  }

  @Test
  void commit_unalignedRange_isRefused() {
    long base = source.reserve(2 * GRANULE).base();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.commit(base + 8, GRANULE))
        .withMessage("address=0x%x must be a multiple of 65536", base + 8);
    assertThatIllegalArgumentException().isThrownBy(() -> source.decommit(base, GRANULE - 8));
    assertThatIllegalArgumentException().isThrownBy(() -> source.decommit(base, 0));
  }

  @Test
  void memory_otherThread_isAccessible() throws InterruptedException {
    Region region = source.reserve(GRANULE);
    source.commit(region.base(), GRANULE);
    Thread writer = Thread.ofPlatform().start(() -> fill(region, region.base(), GRANULE));
    writer.join();
    assertThat(region.memory().get(JAVA_BYTE, 0)).isEqualTo((byte) 0x5a);
  }

  @Test
  void release_live_endsItsMemoryOnly() {
    Region released = source.reserve(GRANULE);
    Region kept = source.reserve(GRANULE);
    source.commit(released.base(), GRANULE);
    source.commit(kept.base(), GRANULE);
    MemorySegment slice = released.slice(released.base(), 16);
    source.release(released);
    assertThatIllegalStateException().isThrownBy(() -> slice.get(JAVA_BYTE, 0));
    fill(kept, kept.base(), GRANULE);
    assertThatIllegalArgumentException().isThrownBy(() -> source.commit(released.base(), GRANULE));
  }

  @Test
  void release_twice_isRefused() {
    Region region = source.reserve(GRANULE);
    source.release(region);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.release(region))
        .withMessage(
            "region=0x%x is no live region of page source %s", region.base(), source.name());
  }

  @Test
  void release_decommittedThenReservedAgain_commitsZeros() {
    for (int i = 0; i < 10; i++) {
      Region region = source.reserve(4 * GRANULE);
      source.commit(region.base(), region.bytes());
      assertZero(region, region.base(), region.bytes());
      fill(region, region.base(), region.bytes());
      source.decommit(region.base(), region.bytes());
      source.release(region);
    }
  }

  @Test
  void close_regionsLeft_endsThemAndIsIdempotent() {
    Region released = source.reserve(GRANULE);
    Region left = source.reserve(GRANULE);
    source.release(released);
    source.close();
    source.close();
    assertThat(left.memory().scope().isAlive()).isFalse();
    String text = "page source " + source.name() + " is closed";
    assertThatIllegalStateException().isThrownBy(() -> source.reserve(GRANULE)).withMessage(text);
    assertThatIllegalStateException()
        .isThrownBy(() -> source.commit(left.base(), GRANULE))
        .withMessage(text);
    assertThatIllegalStateException()
        .isThrownBy(() -> source.decommit(left.base(), GRANULE))
        .withMessage(text);
    assertThatIllegalStateException().isThrownBy(() -> source.release(left)).withMessage(text);
  }

  @Test
  void preferredRegionBytes_anyConfigured_isAPositiveMultipleOfTheGranule() {
    for (long configured : new long[] {1, GRANULE, GRANULE + 1, 1L << 32, Long.MAX_VALUE}) {
      long preferred = source.preferredRegionBytes(configured);
      assertThat(preferred).isPositive();
      assertThat(preferred % GRANULE).isZero();
    }
    assertThat(source.preferredRegionBytes(GRANULE + 1)).isEqualTo(2 * GRANULE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.preferredRegionBytes(0))
        .withMessage("configured=0 must be at least 1");
  }

  @Test
  void anyMethod_manyThreads_keepsEveryRangeZeroWhenCommitted() throws Exception {
    Region shared = source.reserve(64 * GRANULE);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long mine = shared.base() + i * 16L * GRANULE;
        long seed = i;
        runs.add(threads.submit(() -> churn(shared, mine, new SplittableRandom(seed))));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  private void churn(Region shared, long mine, SplittableRandom random) {
    for (int i = 0; i < 200; i++) {
      long address = mine + random.nextInt(8) * GRANULE;
      long bytes = random.nextInt(1, 9) * GRANULE;
      source.commit(address, bytes);
      assertZero(shared, address, bytes);
      fill(shared, address, bytes);
      source.decommit(address, bytes);
      if (i % 10 == 0) {
        source.release(source.reserve(GRANULE));
      }
    }
  }
}
