package io.hakmem.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording that holds what no program does is refused by one line that says what and where. */
final class RecordingErrorTest {

  private static final int VERSION = 2;
  private static final int WHOLE = 1;
  private static final int PLAIN = 1;
  private static final int DEFLATED = 2;
  private static final int END = 3;
  private static final int HEAD_BYTES = 18;

  /** Allocates 64 bytes at the address 16, as the first event of a block. */
  private static final byte[] ALLOCATION = {0, 0, 2, 64};

  /** Frees the block at the address of the event before. */
  private static final byte[] FREE = {1, 0, 0};

  @TempDir private Path dir;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  @BeforeEach
  void begin() throws IOException {
    head(WHOLE);
  }

  private void head(int flags) throws IOException {
    bytes.reset();
    out.write("HAKTRACE".getBytes(StandardCharsets.US_ASCII));
    out.write(VERSION);
    out.write(flags);
    out.writeLong(0);
  }

  private void block(int kind, int thread, byte[]... events) throws IOException {
    int length = 0;
    for (byte[] event : events) {
      length += event.length;
    }
    out.write(kind);
    out.writeInt(thread);
    out.writeInt(length);
    out.writeInt(length);
    for (byte[] event : events) {
      out.write(event);
    }
  }

  private void end(long events) throws IOException {
    out.write(END);
    out.writeLong(events);
    out.writeLong(0);
  }

  private Path file() throws IOException {
    return Files.write(dir.resolve("bad.trace"), bytes.toByteArray());
  }

  private void assertRefused(String reason) throws IOException {
    Path file = file();
    assertThatThrownBy(() -> TraceReader.read(file))
        .isInstanceOf(TraceException.class)
        .hasMessage(file + ": " + reason);
  }

  @Test
  void recording_asItShouldBe_isRead() throws IOException {
    block(PLAIN, 5, ALLOCATION, FREE);
    end(2);
    Events events = TraceReader.read(file());
    assertThat(events.size()).isEqualTo(2);
    assertThat(events.warnings()).isEmpty();
  }

  @Test
  void block_freedTwice_isRefused() throws IOException {
    block(PLAIN, 5, ALLOCATION, FREE, FREE);
    end(3);
    assertRefused("event 3 frees the block at 0x10 on thread 5, where none is: it was freed twice");
  }

  /** What began before the recording cannot be told from what was freed twice. */
  @Test
  void block_freedTwiceInARecordingOfAPart_isLeftOutWithAWarning() throws IOException {
    head(0);
    block(PLAIN, 5, ALLOCATION, FREE, FREE);
    end(3);
    assertThat(TraceReader.read(file()).warnings())
        .containsExactly(
            "1 frees or reallocations of blocks from before the recording are left out");
  }

  @Test
  void threads_tooMany_areRefused() throws IOException {
    for (int thread = 0; thread < 1_000_000; thread++) {
      block(PLAIN, thread, ALLOCATION, FREE);
    }
    end(2_000_000);
    assertRefused("threads=65537 must be at most 65536");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 17})
  void head_thatIsCut_isRefused(int length) throws IOException {
    byte[] part = Arrays.copyOf(bytes.toByteArray(), length);
    bytes.reset();
    bytes.writeBytes(part);
    assertRefused("the recording ends within its first bytes");
  }

  @Test
  void recording_withoutAnEvent_isRefused() throws IOException {
    end(0);
    assertRefused("the trace ends without an event");
  }

  @Test
  void block_ofNoKind_isRefusedWithItsPlace() throws IOException {
    block(PLAIN, 1, ALLOCATION);
    int at = bytes.size();
    block(9, 1, ALLOCATION);
    assertRefused("byte " + at + ": no block begins here");
  }

  @Test
  void block_ofADamagedLength_isRefusedWithItsPlace() throws IOException {
    out.write(PLAIN);
    out.writeInt(1);
    out.writeInt(4);
    out.writeInt(Integer.MAX_VALUE);
    assertRefused("byte " + HEAD_BYTES + ": no block begins here");
  }

  @Test
  void block_thatCannotBeInflated_isRefusedWithItsThread() throws IOException {
    block(DEFLATED, 7, ALLOCATION);
    end(1);
    assertRefused("the block of thread 7 at byte " + (HEAD_BYTES + 13) + " is damaged");
  }

  @Test
  void event_thatIsCut_isRefusedWithItsThread() throws IOException {
    block(PLAIN, 7, ALLOCATION, new byte[] {1, (byte) 0x80});
    end(2);
    assertRefused("the block of thread 7 at byte " + (HEAD_BYTES + 13) + " is damaged");
  }

  @Test
  void event_ofNoKind_isRefused() throws IOException {
    block(PLAIN, 7, ALLOCATION, new byte[] {6, 0, 0});
    end(2);
    assertRefused("thread 7: no event 6");
  }

  /** The tag 16 is an aligned allocation, whose alignment is the last byte. */
  @ParameterizedTest
  @ValueSource(ints = {31, 62, 63})
  void alignment_tooLarge_isRefused(int shift) throws IOException {
    block(PLAIN, 7, new byte[] {16, 0, 2, 64, (byte) shift});
    end(1);
    assertRefused("event 1: alignment=%d must be in [0, 1073741824]".formatted(1L << shift));
  }

  @Test
  void bytes_tooMany_areRefused() throws IOException {
    byte[] twoToThe31 = {0, 0, 2, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8};
    block(PLAIN, 7, twoToThe31);
    end(1);
    assertRefused("event 1: bytes=2147483648 must be in [0, 2147483647]");
  }
}
