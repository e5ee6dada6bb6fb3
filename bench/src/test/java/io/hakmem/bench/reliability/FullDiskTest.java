package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.TraceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that cannot be written ends with one warning, and the program goes on. */
@Tag("slow")
final class FullDiskTest {

  private static final String MOST_FILE_KIB = "200";

  /** The system refuses to let a file of the process grow beyond a size, as a full disk does. */
  @Test
  void recording_thatFindsNoRoom_endsWithOneWarning(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("program.trace");
    assertOneWarning(file, dir, "ulimit -f " + MOST_FILE_KIB + "; exec \"$@\"");
    Events events = TraceReader.read(file);
    assertThat(events.size()).as("what was written before").isGreaterThan(1000);
    assertThat(events.warnings()).singleElement().asString().contains("has no end");
  }

  /** On a disk that is full already the program starts as well. */
  @Test
  void recording_thatFindsNoRoomFromItsBeginOn_endsWithOneWarning(@TempDir Path dir)
      throws Exception {
    assertOneWarning(Path.of("/dev/full"), dir, "exec \"$@\"");
  }

  private static void assertOneWarning(Path file, Path dir, String shell) throws Exception {
    Path out = dir.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-c",
                shell,
                "bash",
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Dhakmem.record=" + file,
                "-cp",
                System.getProperty("java.class.path", ""),
                FullDiskProgram.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HAKMEM_"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(out);
    assertThat(said).contains(FullDiskProgram.DONE);
    assertThat(said.lines().filter(line -> line.contains("WARN"))).hasSize(1);
    assertThat(said).contains("the recording into " + file + " ends: ");
    assertThat(process.exitValue()).isZero();
  }
}
