package io.hakmem.bench.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.Events.Kind;
import io.hakmem.bench.trace.TraceException;
import io.hakmem.bench.trace.TraceInfo;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other tools write becomes a trace. */
final class ForeignTraceTest {

  @TempDir private Path dir;

  private Events lines(String text) throws IOException {
    return NativeLines.read(Files.writeString(dir.resolve("t.txt"), text));
  }

  private static String shown(Events events) {
    return String.join(
        " ",
        IntStream.range(0, events.size())
            .mapToObj(i -> events.kind(i) + ":" + events.slot(i) + ":" + events.bytes(i))
            .toList());
  }

  @Test
  void mtrace_always_isRead() throws IOException {
    Events events =
        lines(
            """
            = Start
            @ ./a.out:(main+0x1d)[0x401163] + 0x1c3a2a0 0x64
            @ ./a.out:[0x401171] + 0x1c3a310 0x20
            @ ./a.out:[0x401180] < 0x1c3a2a0
            @ ./a.out:[0x401180] > 0x1c3a400 0x1000
            @ ./a.out:[0x401190] - 0x1c3a310
            @ ./a.out:[0x4011a0] - 0x9999990
            = End
            """);
    assertThat(shown(events)).isEqualTo("ALLOCATE:0:100 ALLOCATE:1:32 RESIZE:0:4096 FREE:1:0");
    assertThat(events.warnings()).hasSize(1).first().asString().startsWith("1 frees");
  }

  @Test
  void ltrace_always_isRead() throws IOException {
    Events events =
        lines(
            """
            [pid 7] malloc(100)                     = 0x5581
            [pid 8] calloc(3, 16)                   = 0x6000
            [pid 7] strlen("x")                     = 1
            [pid 7] realloc(0x5581, 200)            = 0x7000
            [pid 8] free(0x7000)                    = <void>
            [pid 7] malloc(0)                       = nil
            [pid 7] free(nil)                       = <void>
            """);
    assertThat(shown(events))
        .isEqualTo("ALLOCATE:0:100 ALLOCATE_CLEARED:1:48 RESIZE:0:200 FREE:0:0");
    assertThat(events.threads()).isEqualTo(2);
    assertThat(events.thread(3)).isEqualTo(1);
  }

  @Test
  void otherText_always_isRefused() {
    assertThatThrownBy(() -> lines("to be or not to be\n"))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("no line is one of mtrace or of ltrace's malloc and free");
    assertThatThrownBy(() -> lines("malloc(lots) = 0x10\n"))
        .isInstanceOf(TraceException.class)
        .hasMessageEndingWith("t.txt:1: 'lots' is no number");
  }

  @Test
  void lineThatIsCut_atTheEnd_isLeftOutWithAWarning() throws IOException {
    Events events = lines("@ a + 0x10 0x64\n@ a + 0x90 0x2");
    assertThat(shown(events)).isEqualTo("ALLOCATE:0:100");
    assertThat(events.warnings())
        .containsExactly("the file is cut within line 2, which is left out");
    assertThat(lines("@ a + 0x10 0x64\n= End").warnings()).isEmpty();
  }

  @Test
  void block_freedTwice_isLeftOutWithAWarning() throws IOException {
    Events events = lines("@ a + 0x10 0x64\n@ a - 0x10\n@ a - 0x10\n");
    assertThat(shown(events)).isEqualTo("ALLOCATE:0:100 FREE:0:0");
    assertThat(events.warnings()).singleElement().asString().startsWith("1 frees");
  }

  @Test
  void threads_tooMany_areRefusedWithTheLine() {
    StringBuilder text = new StringBuilder();
    for (int thread = 0; thread < 100_000; thread++) {
      text.append("[pid %d] malloc(16) = 0x%x\n".formatted(thread, 16 * (thread + 1)));
    }
    assertThatThrownBy(() -> lines(text.toString()))
        .isInstanceOf(TraceException.class)
        .hasMessageEndingWith("t.txt:65537: event 65537: threads=65537 must be at most 65536");
  }

  @Test
  void calloc_ofMoreThanANumberHolds_isReadIfItWasRefused() throws IOException {
    String call = "calloc(9223372036854775807, 9223372036854775807) = ";
    assertThat(shown(lines("malloc(1) = 0x10\n" + call + "nil\n"))).isEqualTo("ALLOCATE:0:1");
    String most = "malloc(18446744073709551615) = nil\n";
    assertThat(shown(lines("malloc(1) = 0x10\n" + most))).isEqualTo("ALLOCATE:0:1");
    assertThatThrownBy(() -> lines(call + "0x10\n"))
        .isInstanceOf(TraceException.class)
        .hasMessageEndingWith(
            "t.txt:1: event 1: bytes=%d must be in [0, 2147483647]", Long.MAX_VALUE);
  }

  @Test
  void alignment_tooLarge_isRefusedWithTheLine() {
    assertThatThrownBy(() -> lines("memalign(4294967296, 16) = 0x10\n"))
        .isInstanceOf(TraceException.class)
        .hasMessageEndingWith("t.txt:1: event 1: alignment=4294967296 must be in [0, 1073741824]");
  }

  /** Files of Flight Recorder can be put behind each other; of the second there is a half. */
  @Test
  void flightRecorder_thatIsCut_isReadUpToThereWithAWarning() throws IOException {
    byte[] whole = Files.readAllBytes(nettyRecording());
    byte[] both = Arrays.copyOf(whole, whole.length + whole.length / 2);
    System.arraycopy(whole, 0, both, whole.length, whole.length / 2);
    Events events = NettyEvents.read(Files.write(dir.resolve("cut.jfr"), both));
    assertThat(events.size()).as("all but what is read ahead").isBetween(290, 300);
    assertThat(events.warnings())
        .first()
        .asString()
        .matches("the file is cut or damaged: the (39.|400) events before that are read");
    Path half = Files.write(dir.resolve("half.jfr"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> NettyEvents.read(half))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(half + ": no file of Flight Recorder: ");
  }

  @Test
  void flightRecorder_withNettysEvents_isRead() throws IOException {
    Events events = NettyEvents.read(nettyRecording());
    TraceInfo info = TraceInfo.of(events);
    assertThat(info.allocations()).isEqualTo(100);
    assertThat(info.reallocations()).isEqualTo(100);
    assertThat(info.frees()).isEqualTo(100);
    assertThat(info.liveAtEnd()).isZero();
    assertThat(events.kind(1)).isEqualTo(Kind.RESIZE);
    assertThat(events.bytes(1)).isEqualTo(5000);
  }

  private Path nettyRecording() throws IOException {
    Path file = dir.resolve("netty.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.netty.AllocateBuffer").withoutStackTrace();
      recording.enable("io.netty.ReallocateBuffer").withoutStackTrace();
      recording.enable("io.netty.FreeBuffer").withoutStackTrace();
      recording.start();
      AdaptiveByteBufAllocator allocator = new AdaptiveByteBufAllocator(true);
      for (int i = 0; i < 100; i++) {
        ByteBuf buffer = allocator.directBuffer(200, 100_000);
        buffer.capacity(5000);
        buffer.release();
        allocator.heapBuffer(100).release();
      }
      recording.stop();
      recording.dump(file);
    }
    return file;
  }

  @Test
  void flightRecorder_withoutThem_saysHowToGetThem() throws IOException {
    Path file = dir.resolve("empty.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      recording.stop();
      recording.dump(file);
    }
    assertThatThrownBy(() -> NettyEvents.read(file))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("io.netty.AllocateBuffer#enabled=true");
  }

  @Test
  void flightRecorder_damaged_isRefused() throws IOException {
    Path file = Files.writeString(dir.resolve("bad.jfr"), "FLR\0 and nothing more");
    assertThatThrownBy(() -> NettyEvents.read(file))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(file + ": no file of Flight Recorder");
  }
}
