package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.OutOfNativeMemoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What slow paths tell Flight Recorder, read from recordings. */
final class FlightRecorderTest {

  private static final int BYTES = 5000;
  private static final int C7 = 1024;
  private static final long MIB = 1L << 20;

  @TempDir private Path folder;

  /** What is done while events are recorded. */
  private interface Action {
    void run() throws InterruptedException;
  }

  private List<RecordedEvent> recorded(String name, Action action)
      throws IOException, InterruptedException {
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem." + name).withoutThreshold().with("throttle", "off");
      recording.start();
      action.run();
      recording.stop();
      Path file = folder.resolve(name + ".jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals("io.hakmem." + name))
          .toList();
    }
  }

  private static HakAllocator allocator(String... gates) {
    HakAllocator.Builder builder = HakAllocator.builder().profile("THROUGHPUT");
    for (int i = 0; i < gates.length; i += 2) {
      builder.set(gates[i], gates[i + 1]);
    }
    return builder.build();
  }

  @Test
  void refill_ofABin_saysBoxSizeAndOrigin() throws Exception {
    try (HakAllocator allocator = allocator()) {
      allocator.heap();
      long[] block = new long[1];
      List<RecordedEvent> events = recorded("Refill", () -> block[0] = allocator.allocate(BYTES));

      assertThat(events).hasSize(1);
      RecordedEvent event = events.getFirst();
      assertThat(event.getString("box")).isEqualTo("pool-v1");
      assertThat(event.getLong("blockBytes")).isEqualTo(allocator.usableSize(block[0]));
      assertThat(event.getString("origin")).isEqualTo("page supply");
      assertThat(block[0] - event.getLong("page")).isBetween(0L, 8L * (64 << 10));
      assertThat(event.getThread().getJavaName()).isEqualTo(Thread.currentThread().getName());
      assertThat(event.getStackTrace()).isNull();
    }
  }

  @Test
  void refill_fromBlocksOfOtherThreads_hasNoPage() throws Exception {
    try (HakAllocator allocator = HakAllocator.builder().profile("C7_SAFE").build()) {
      long first = allocator.allocate(C7);
      Thread.ofPlatform().start(() -> allocator.free(first)).join();
      List<RecordedEvent> events =
          recorded(
              "Refill",
              () -> {
                for (int i = 0; i < 64 && allocator.allocate(C7) != first; i++) {
                  // Until the page has no other free block.
                }
              });

      assertThat(events).hasSize(1);
      assertThat(events.getFirst().getString("box")).isEqualTo("tiny-front");
      assertThat(events.getFirst().getString("origin")).isEqualTo("freed blocks");
      assertThat(events.getFirst().getLong("page")).isZero();
    }
  }

  @Test
  void largeBlock_made_saysWhereAndHowLarge() throws Exception {
    try (HakAllocator allocator = allocator()) {
      long[] block = new long[1];
      List<RecordedEvent> events =
          recorded("LargeBlock", () -> block[0] = allocator.allocate(MIB, 2 * MIB));

      assertThat(events).hasSize(1);
      assertThat(events.getFirst().getLong("bytes")).isEqualTo(MIB);
      assertThat(events.getFirst().getLong("alignment")).isEqualTo(2 * MIB);
      assertThat(events.getFirst().getLong("address")).isEqualTo(block[0]);
    }
  }

  @Test
  void decommit_byATrim_saysBytesAndCause() throws Exception {
    try (HakAllocator allocator = allocator()) {
      allocator.free(allocator.allocate(MIB));
      long[] bytes = new long[1];
      List<RecordedEvent> events = recorded("Decommit", () -> bytes[0] = allocator.trim());

      assertThat(events).last().matches(event -> event.getString("cause").equals("trim"));
      assertThat(events).last().matches(event -> event.getLong("bytes") == bytes[0]);
    }
  }

  @Test
  void decommit_ofAMappingOfItsOwn_saysLargeBlock() throws Exception {
    try (HakAllocator allocator = allocator("HAKMEM_LARGE_MAPPING_BYTES", "1MiB")) {
      long block = allocator.allocate(MIB);
      List<RecordedEvent> events = recorded("Decommit", () -> allocator.free(block));

      assertThat(events).hasSize(1);
      assertThat(events.getFirst().getString("cause")).isEqualTo("large block");
      assertThat(events.getFirst().getLong("bytes")).isEqualTo(MIB);
    }
  }

  @Test
  void adopt_ofAnEndedThread_namesIt() throws Exception {
    try (HakAllocator allocator = allocator()) {
      Thread.ofPlatform().name("short-lived").start(() -> allocator.allocate(BYTES)).join();
      List<RecordedEvent> events = recorded("Adopt", () -> allocator.allocate(BYTES));

      assertThat(events).isNotEmpty();
      assertThat(events)
          .allMatch(event -> event.getString("endedThread").equals("short-lived"))
          .anyMatch(event -> event.getString("box").equals("pool-v1") && event.getInt("pages") > 0);
    }
  }

  @Test
  void collect_ofEmptyPages_isRecorded() throws Exception {
    try (HakAllocator allocator = allocator()) {
      long[] blocks = new long[100];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator.allocate(BYTES);
      }
      for (long block : blocks) {
        allocator.free(block);
      }
      List<RecordedEvent> events = recorded("Collect", () -> allocator.allocate(2 * BYTES));

      assertThat(events).isNotEmpty().noneMatch(event -> event.getBoolean("shared"));
    }
  }

  @Test
  void heapMade_forThreads_saysWhetherItIsShared() throws Exception {
    try (HakAllocator allocator = allocator()) {
      List<RecordedEvent> events =
          recorded(
              "HeapMade",
              () -> {
                Thread.ofPlatform().start(() -> allocator.allocate(BYTES)).join();
                Thread.ofVirtual().start(() -> allocator.allocate(BYTES)).join();
              });
      assertThat(events)
          .extracting(event -> event.getBoolean("shared"))
          .containsExactlyInAnyOrder(false, true);
    }
  }

  @Test
  void trim_always_saysWhatWentBack() throws Exception {
    try (HakAllocator allocator = allocator()) {
      allocator.free(allocator.allocate(MIB));
      long[] bytes = new long[1];
      List<RecordedEvent> events = recorded("Trim", () -> bytes[0] = allocator.trim());

      assertThat(events).hasSize(1);
      assertThat(events.getFirst().getLong("bytes")).isEqualTo(bytes[0]).isPositive();
    }
  }

  @Test
  void limitHit_always_saysAskedUsedAndLimitAndBeginsAtTheCallersFrame() throws Exception {
    try (HakAllocator allocator = allocator("HAKMEM_MEMORY_LIMIT", "1MiB")) {
      List<RecordedEvent> events =
          recorded(
              "LimitHit",
              () ->
                  assertThatThrownBy(() -> allocator.allocate(2 * MIB))
                      .isInstanceOf(OutOfNativeMemoryException.class));

      assertThat(events).hasSize((int) allocator.stats().limitHits()).isNotEmpty();
      RecordedEvent event = events.getFirst();
      assertThat(event.getLong("asked")).isEqualTo(2 * MIB);
      assertThat(event.getLong("used")).isZero();
      assertThat(event.getLong("limit")).isEqualTo(MIB);
      assertBeginsHere(events);
    }
  }

  /** The limit is met inside of a box, which is of another artifact than the core. */
  @Test
  void limitHit_inABox_beginsAtTheCallersFrame() throws Exception {
    for (String profile : List.of("THROUGHPUT", "LEGACY")) {
      try (HakAllocator allocator =
          HakAllocator.builder().profile(profile).memoryLimit(4 * MIB).build()) {
        List<RecordedEvent> events =
            recorded(
                "LimitHit",
                () ->
                    assertThatThrownBy(
                            () -> {
                              while (true) {
                                allocator.allocate(C7);
                              }
                            })
                        .isInstanceOf(OutOfNativeMemoryException.class));
        assertThat(events).isNotEmpty();
        assertBeginsHere(events);
      }
    }
  }

  private static void assertBeginsHere(List<RecordedEvent> events) {
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.getString("site"))
                  .startsWith(FlightRecorderTest.class.getName() + ".");
              assertThat(event.getStackTrace()).isNull();
            });
  }

  @Test
  void refusedFree_always_saysWhyAndBeginsAtTheCallersFrame() throws Exception {
    try (HakAllocator allocator = allocator()) {
      long block = allocator.allocate(BYTES);
      long freed = allocator.allocate(BYTES);
      allocator.free(freed);
      List<RecordedEvent> events =
          recorded(
              "RefusedFree",
              () -> {
                refuse(allocator, 12_345);
                refuse(allocator, block + 16);
                refuse(allocator, freed);
              });

      assertThat(events)
          .extracting(event -> event.getString("reason"))
          .containsExactly("foreign", "interior", "already free");
      assertThat(events)
          .extracting(event -> event.getLong("address"))
          .containsExactly(12_345L, block + 16, freed);
      assertThat(events)
          .extracting(event -> event.getLong("blockBytes"))
          .containsExactly(0L, allocator.usableSize(block), allocator.usableSize(block));
      assertThat(events.getLast().getString("owner")).isEqualTo(Thread.currentThread().getName());
      assertBeginsHere(events);
    }
  }

  private static void refuse(HakAllocator allocator, long address) {
    assertThatThrownBy(() -> allocator.free(address)).isInstanceOf(InvalidFreeException.class);
  }

  @Test
  void allocationSample_always_beginsAtTheCallersFrame() throws Exception {
    try (HakAllocator allocator = allocator()) {
      allocator.heap();
      List<RecordedEvent> events =
          recorded(
              "AllocationSample",
              () -> {
                for (int i = 0; i < 64; i++) {
                  allocator.free(allocator.allocate(MIB)); // Each takes more than an interval.
                }
              });
      assertThat(events).hasSize(64);
      for (RecordedEvent event : events) {
        assertThat(event.getString("site")).startsWith(FlightRecorderTest.class.getName() + ".");
        assertThat(event.getLong("bytes")).isEqualTo(MIB);
        assertThat(event.getLong("weight")).isBetween(MIB, 2 * MIB);
        assertThat(event.getStackTrace()).isNull();
      }
    }
  }

  @Test
  void allocationSample_ofSmallBlocks_comesByTheBytesThatAreTaken() throws Exception {
    try (HakAllocator allocator = allocator()) {
      allocator.heap();
      long before = allocator.committedBytes();
      List<RecordedEvent> events =
          recorded(
              "AllocationSample",
              () -> {
                for (long held = 0; held < 32 * MIB; held += C7) {
                  allocator.allocate(C7);
                }
              });
      assertThat(allocator.committedBytes() - before).isGreaterThan(31 * MIB);
      assertThat(events).hasSizeBetween(2, 65);
    }
  }

  @Test
  void figures_ofARecording_areThoseOfOpenAllocators() throws Exception {
    try (HakAllocator closed = HakAllocator.builder().name("closed").build()) {
      closed.free(closed.allocate(1));
    }
    try (HakAllocator allocator = HakAllocator.builder().name("recorded").build()) {
      long block = allocator.allocate(MIB);
      List<RecordedEvent> events = recorded("Figures", () -> {});
      assertThat(events)
          .filteredOn(event -> event.getString("allocator").equals("recorded"))
          .isNotEmpty()
          .allSatisfy(
              event -> {
                assertThat(event.getLong("live")).isGreaterThanOrEqualTo(MIB);
                assertThat(event.getLong("allocations")).isEqualTo(1);
              });
      assertThat(events).noneMatch(event -> event.getString("allocator").equals("closed"));
      allocator.free(block);
    }
  }
}
