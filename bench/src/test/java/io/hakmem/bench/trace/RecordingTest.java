package io.hakmem.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.SettingsException;
import io.hakmem.bench.trace.Events.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HAKMEM_RECORD writes is what the program did. */
final class RecordingTest {

  @TempDir private Path dir;

  private Path file() {
    return dir.resolve("program.trace");
  }

  private HakAllocator recorded() {
    return HakAllocator.builder().set("HAKMEM_RECORD", file().toString()).build();
  }

  private static List<String> lines(Events events) {
    return IntStream.range(0, events.size())
        .mapToObj(
            i ->
                "%s %d %d %d %d"
                    .formatted(
                        events.kind(i),
                        events.thread(i),
                        events.slot(i),
                        events.bytes(i),
                        events.alignment(i)))
        .toList();
  }

  @Test
  void recording_everyOperation_isRead() throws IOException {
    try (HakAllocator allocator = recorded()) {
      long a = allocator.allocate(100);
      long b = allocator.allocateZeroed(200);
      long c = allocator.allocate(300, 4096);
      a = allocator.reallocate(a, 5000);
      allocator.freeSized(b, 200);
      long d = allocator.segment(64).address();
      long e = allocator.heap().allocate(48);
      allocator.heap().free(e);
      allocator.free(a);
      allocator.free(c);
      allocator.free(d);
    }
    Events events = TraceReader.read(file());
    assertThat(lines(events))
        .containsExactly(
            "ALLOCATE 0 0 100 0",
            "ALLOCATE_CLEARED 0 1 200 0",
            "ALLOCATE 0 2 300 4096",
            "RESIZE 0 0 5000 0",
            "FREE 0 1 0 0",
            "ALLOCATE 0 1 64 0",
            "ALLOCATE 0 3 48 0",
            "FREE 0 3 0 0",
            "FREE 0 0 0 0",
            "FREE 0 2 0 0",
            "FREE 0 1 0 0");
    assertThat(events.hasTimes()).isTrue();
    assertThat(events.warnings()).isEmpty();
  }

  @Test
  void recording_refusedCalls_areLeftOut() throws IOException {
    try (HakAllocator allocator = recorded()) {
      long a = allocator.allocate(100);
      assertThatThrownBy(() -> allocator.free(a + 16)).isInstanceOf(InvalidFreeException.class);
      assertThatThrownBy(() -> allocator.free(a + 1)).isInstanceOf(InvalidFreeException.class);
      assertThatThrownBy(() -> allocator.reallocate(a + 16, 10))
          .isInstanceOf(InvalidFreeException.class);
      assertThatThrownBy(() -> allocator.allocate(0)).isInstanceOf(IllegalArgumentException.class);
      allocator.free(a);
      assertThatThrownBy(() -> allocator.free(a)).isInstanceOf(InvalidFreeException.class);
    }
    assertThat(lines(TraceReader.read(file())))
        .containsExactly("ALLOCATE 0 0 100 0", "FREE 0 0 0 0");
  }

  /** Blocks go from one thread to the other, in both directions, and are virtual threads', too. */
  @Test
  void recording_severalThreads_losesNothing() throws Exception {
    int each = 100_000;
    try (HakAllocator allocator = recorded()) {
      BlockingQueue<Long> there = new ArrayBlockingQueue<>(64);
      BlockingQueue<Long> back = new ArrayBlockingQueue<>(64);
      Thread one = Thread.ofPlatform().start(() -> exchange(allocator, there, back, each));
      Thread two = Thread.ofPlatform().start(() -> exchange(allocator, back, there, each));
      List<Thread> virtual = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        virtual.add(Thread.startVirtualThread(() -> allocator.free(allocator.allocate(64))));
      }
      one.join();
      two.join();
      for (Thread thread : virtual) {
        thread.join();
      }
    }
    Events events = TraceReader.read(file());
    assertThat(events.warnings()).isEmpty();
    assertThat(events.size()).isEqualTo(400_040);
    assertThat(events.threads()).isEqualTo(3);
    TraceInfo info = TraceInfo.of(events);
    assertThat(info.liveAtEnd()).isZero();
    assertThat(info.remoteFrees()).isEqualTo(200_000);
  }

  private static void exchange(
      HakAllocator allocator, BlockingQueue<Long> out, BlockingQueue<Long> in, int each) {
    try {
      for (int i = 0; i < each; i++) {
        out.put(allocator.allocate(16 + i % 1000));
        allocator.free(in.take());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path recordedChurn(int operations) {
    try (HakAllocator allocator = recorded()) {
      churn(allocator, operations);
    }
    return file();
  }

  private static void churn(HakAllocator allocator, int operations) {
    long[] blocks = new long[100];
    for (int i = 0; i < operations; i++) {
      int slot = i * 31 % blocks.length;
      if (blocks[slot] == 0) {
        blocks[slot] = allocator.allocate(1 + i % 3000);
      } else {
        allocator.free(blocks[slot]);
        blocks[slot] = 0;
      }
    }
  }

  @Test
  void recordingThatIsCut_anywhere_isReadUpToThereWithAWarning() throws IOException {
    byte[] whole = Files.readAllBytes(recordedChurn(50_000));
    int read = 0;
    for (int cut : new int[] {whole.length / 2, whole.length - 1, whole.length - 40}) {
      Path part = Files.write(dir.resolve("cut.trace"), Arrays.copyOf(whole, cut));
      Events events = TraceReader.read(part);
      assertThat(events.warnings()).hasSize(1).first().asString().contains("has no end");
      read = Math.max(read, events.size());
    }
    assertThat(read).isEqualTo(50_000);
  }

  @Test
  void recording_ofAnotherVersion_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(recordedChurn(10));
    bytes[8] = 7;
    Path other = Files.write(dir.resolve("other.trace"), bytes);
    assertThatThrownBy(() -> TraceReader.read(other))
        .isInstanceOf(TraceException.class)
        .hasMessage(other + ": version 7 of a recording, this command reads version 2");
  }

  /** Deflated bytes that are damaged are found as a rule; a time that is wrong is not. */
  @Test
  @Timeout(60)
  void recording_damaged_isRefusedOrReadAndNeverHangs() throws IOException {
    byte[] bytes = Files.readAllBytes(recordedChurn(2000));
    int refusals = 0;
    int tries = 0;
    for (int at = 18; at < bytes.length; at += 7) {
      tries++;
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Path file = Files.write(dir.resolve("damaged.trace"), damaged);
      try {
        assertThat(TraceReader.read(file).size()).isBetween(1, 4000);
      } catch (TraceException refused) {
        assertThat(refused).hasMessageStartingWith(file + ": ");
        refusals++;
      }
    }
    assertThat(refusals).isBetween(tries / 2, tries);
  }

  @Test
  void recording_atItsSize_endsAndTheProgramGoesOn() throws IOException {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .set("HAKMEM_RECORD", file().toString())
            .set("HAKMEM_RECORD_BYTES", "20000")
            .build()) {
      churn(allocator, 5_000_000);
      assertThat(allocator.stats().allocations()).isEqualTo(2_500_000);
    }
    assertThat(Files.size(file())).isGreaterThan(20_000);
    Events events = TraceReader.read(file());
    assertThat(events.warnings()).isEmpty();
    assertThat(events.size()).as("it ended before the program").isBetween(1000, 4_000_000);
  }

  @Test
  void recording_intoAFileThatCannotBeWritten_isRefused() {
    assertThatThrownBy(
            () -> HakAllocator.builder().set("HAKMEM_RECORD", dir.toString()).build().close())
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "HAKMEM_RECORD=" + dir + " must be attach or a file that can be written: ");
  }

  @Test
  void recording_intoAFolderThatIsMissing_saysSo() {
    Path missing = dir.resolve("missing/program.trace");
    assertThatThrownBy(
            () -> HakAllocator.builder().set("HAKMEM_RECORD", missing.toString()).build().close())
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith("a file that can be written: its folder does not exist");
  }

  /** As that of the process which started this one, and gave it its environment. */
  @Test
  void recording_intoAFileThatIsLocked_takesTheNextName() throws IOException {
    Files.writeString(file(), "of another process");
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        HakAllocator allocator = recorded()) {
      assertThat(lock.isValid()).isTrue();
      allocator.free(allocator.allocate(10));
    }
    assertThat(file()).hasContent("of another process");
    assertThat(TraceReader.read(dir.resolve("program.trace-2")).size()).isEqualTo(2);
  }

  @Test
  void recordings_ofTwoAllocators_areInFilesOfTheirOwn() throws IOException {
    try (HakAllocator one = recorded();
        HakAllocator two = recorded()) {
      one.allocate(10);
      two.allocate(20);
    }
    assertThat(TraceReader.read(file()).bytes(0)).isEqualTo(10);
    assertThat(TraceReader.read(Path.of(file() + "-2")).bytes(0)).isEqualTo(20);
  }

  private Path recordedCallsOfEachKind() {
    try (HakAllocator allocator = recorded()) {
      churn(allocator, 5000);
      long cleared = allocator.allocateZeroed(200);
      long aligned = allocator.allocate(300, 4096);
      long both = allocator.zeroedSegment(300, 4096).address();
      allocator.free(allocator.reallocate(cleared, 5000));
      allocator.free(aligned);
      allocator.free(both);
    }
    return file();
  }

  @Test
  void text_ofARecording_isReadAsTheSame() throws IOException {
    Events events = TraceReader.read(recordedCallsOfEachKind());
    assertThat(lines(events)).anyMatch(line -> line.matches("ALLOCATE_CLEARED .* 300 4096"));
    for (String name : List.of("t.txt", "t.txt.gz")) {
      Path text = dir.resolve(name);
      TraceWriter.write(events, text);
      Events read = TraceReader.read(text);
      assertThat(lines(read)).isEqualTo(lines(events));
      assertThat(read.ns(4999)).isEqualTo(events.ns(4999));
    }
  }

  /** Every kind of block with and without an alignment, on two threads, with and without times. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void text_ofEveryKindOfEvent_isReadAsTheSame(boolean hasTimes) throws IOException {
    Events.Builder built = new Events.Builder();
    built.warn("the recording has no end: it is read up to byte 77");
    int slot = 0;
    for (Kind kind : List.of(Kind.ALLOCATE, Kind.ALLOCATE_CLEARED)) {
      for (long alignment : new long[] {0, 2, 4096, Events.MOST_ALIGNMENT}) {
        if (hasTimes) {
          built.at(1_000_000_007L * slot);
        }
        built.add(kind, 5 + slot % 2, slot, Integer.MAX_VALUE - slot, alignment);
        built.add(Kind.RESIZE, 6, slot, 1 + slot, 0);
        if (slot % 3 == 0) {
          built.add(Kind.FREE, 5, slot, 0, 0);
        }
        slot++;
      }
    }
    Events events = built.build();
    Path text = dir.resolve("t.txt");
    TraceWriter.write(events, text);
    Events read = TraceReader.read(text);
    assertThat(lines(read)).isEqualTo(lines(events));
    assertThat(read.warnings()).isEqualTo(events.warnings());
    assertThat(read.hasTimes()).isEqualTo(hasTimes);
    assertThat(IntStream.range(0, read.size()).mapToLong(read::ns).toArray())
        .isEqualTo(IntStream.range(0, events.size()).mapToLong(events::ns).toArray());
  }

  @Test
  void part_ofATrace_beginsWithWhatLives() throws IOException {
    Path text =
        Files.writeString(
            dir.resolve("t.trace"), "a,0,0,16\na,1,1,32\nr,0,0,64\nf,1,1\na,1,1,8\nf,0,0\n");
    Events part = TraceReader.read(text).part(4, 6);
    assertThat(lines(part))
        .containsExactly("ALLOCATE 0 0 64 0", "ALLOCATE 1 1 8 0", "FREE 0 0 0 0");
    assertThat(part.kind(0)).isEqualTo(Kind.ALLOCATE);
  }
}
