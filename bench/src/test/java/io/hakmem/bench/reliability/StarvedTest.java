package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that an Error ends has changed nothing: no block is lost, at whatever point it ends. */
@Tag("slow")
final class StarvedTest {

  @Test
  void calls_atEveryDistanceFromTheEndOfTheStack_loseNothing(@TempDir Path folder)
      throws Exception {
    assertNothingLost(folder, "stack", "-Xint"); // So that frames keep their sizes.
  }

  private static void assertNothingLost(Path folder, String scarce, String... options)
      throws Exception {
    Path out = folder.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path", ""),
            StarvedProgram.class.getName(),
            scarce));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HAKMEM_"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(out)).doesNotContain(StarvedProgram.LOST).contains(", lost 0");
    assertThat(process.exitValue()).isZero();
  }
}
