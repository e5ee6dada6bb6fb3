package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace that cannot be replayed is refused by one line that names the file and the line. */
final class TraceErrorTest {

  private static final int FAILED = 1;

  @TempDir private Path dir;

  private void assertRefused(Path file, int line, String reason) {
    CommandRun.of("replay", file.toString())
        .assertRefused(FAILED, file + ":" + line + ": " + reason);
  }

  private Path trace(String text) throws IOException {
    return Files.writeString(dir.resolve("bad.trace"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b,0,1,16       | an event begins with 'a', 'c', 'm', 'z', 'r' or 'f': \"b,0,1,16\"",
        "A,0,1,16       | an event begins with 'a', 'c', 'm', 'z', 'r' or 'f'",
        "a              | expected a,<thread>,<slot>,<bytes>",
        "a,0,1          | expected a,<thread>,<slot>,<bytes>",
        "a,0,1,16,4     | expected a,<thread>,<slot>,<bytes>",
        "r,0,1,16       | slot 1 is empty",
        "c,0,0,16       | slot 0 is occupied",
        "m,0,1,16       | expected m,<thread>,<slot>,<bytes>,<alignment>",
        "z,0,1,16       | expected z,<thread>,<slot>,<bytes>,<alignment>",
        "m,0,1,16,24    | alignment=24 must be a power of two",
        "#t,soon        | ns=soon must be in [0, 9223372036854775807]",
        "#hakmem-trace,3 | version=3 must be in [1, 2]",
        "f,0            | expected f,<thread>,<slot>",
        "f,0,0,16       | expected f,<thread>,<slot>",
        "a,zero,1,16    | thread=zero must be in [0, 2147483647]",
        "a,0,one,16     | slot=one must be in [0, 67108863]",
        "a,0,,16        | slot= must be in [0, 67108863]",
        "a,0,-1,16      | slot=-1 must be in [0, 67108863]",
        "a,0,67108864,1 | slot=67108864 must be in [0, 67108863]",
        "f,0,-1         | slot=-1 must be in [0, 67108863]",
        "a,0,1,big      | bytes=big must be in [0, 2147483647]",
        "a,0,1,-16      | bytes=-16 must be in [0, 2147483647]",
        "a,0,1,2147483648 | bytes=2147483648 must be in [0, 2147483647]",
        "a,0,0,16       | slot 0 is occupied: \"a,0,0,16\"",
        "f,0,1          | slot 1 is empty: \"f,0,1\"",
      })
  void malformedLine_anyKind_isNamed(String line, String reason) throws IOException {
    assertRefused(trace("# comment\na,0,0,16\n" + line + "\nf,0,0\n"), 3, reason);
  }

  @Test
  void timesThatGoBack_always_areRefused() throws IOException {
    assertRefused(
        trace("#t,100\na,0,0,16\n#t,99\nf,0,0\n"),
        3,
        "ns=99 must be in [100, 9223372036854775807]: \"#t,99\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing but a comment", "\n"})
  void emptyTrace_always_isRefused(String text) throws IOException {
    assertRefused(trace(text), 1, "the trace ends without an event");
  }

  @Test
  void bytesThatAreNoText_always_areShownAsQuestionMarks() throws IOException {
    assertRefused(
        trace("\u001b[31m\u0007\n"),
        1,
        "an event begins with 'a', 'c', 'm', 'z', 'r' or 'f': \"?[31m?\"");
  }

  @Test
  void truncatedGzip_always_isReadUpToItsEndWithAWarning() throws IOException {
    Path whole = TraceFiles.gzipped(dir.resolve("whole.gz"), TraceFiles.generated(1, 5000));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(dir.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    CommandRun run = CommandRun.of("trace", "info", cut.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("warning: the file is cut after line \\d{3,}: the [\\d,]{3,} events");
  }

  @Test
  void lineThatIsCut_atTheEnd_isLeftOutWithAWarning() throws IOException {
    CommandRun run = CommandRun.of("trace", "info", trace("a,0,0,16\na,0,1,32\nf,0").toString());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("the file is cut after line 3: the 2 events before it are read");
  }

  @Test
  void tooManyThreads_always_areRefused() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int thread = 0; thread < 1_000_000; thread++) {
      lines.append("a,").append(thread).append(',').append(thread).append(",16\n");
    }
    assertRefused(trace(lines.toString()), 65_537, "threads=65537 must be at most 65536");
  }

  @Test
  void gzipHeaderAlone_always_isRefused() throws IOException {
    Path file = Files.write(dir.resolve("header.gz"), new byte[] {0x1f, (byte) 0x8b});
    assertRefused(file, 1, "truncated or broken gzip");
  }

  @Test
  void damagedGzip_always_isRefused() throws IOException {
    Path whole = TraceFiles.gzipped(dir.resolve("whole.gz"), TraceFiles.generated(1, 5000));
    byte[] bytes = Files.readAllBytes(whole);
    bytes[bytes.length - 5] ^= 1;
    Path file = Files.write(dir.resolve("damaged.gz"), bytes);
    CommandRun.of("replay", file.toString()).assertRefused(FAILED, "truncated or broken gzip");
  }
}
