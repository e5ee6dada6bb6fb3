package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed under load, at any moment, leaves nothing behind. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "/proc and /dev/shm are Linux'")
@Tag("slow")
final class KillTest {

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final int LONGEST_LIFE_MS = 1_500;

  @RepeatedTest(4)
  void kill_underLoad_leavesNothing(@TempDir Path work, @TempDir Path temporary)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("kill", ".out");
    Process process = start(work, temporary, out);
    try {
      awaitLoad(process, out);
      Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_LIFE_MS));
      assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
      assertThat(filesOf(process.pid())).isEmpty();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(entries(work)).isEmpty();
    assertThat(entries(temporary)).isEmpty();
    assertThat(entries(SHARED_MEMORY)).noneMatch(name -> isOurs(name, process.pid()));
    Files.delete(out);
  }

  private static boolean isOurs(String name, long pid) {
    return name.contains("hakmem") || name.contains(Long.toString(pid));
  }

  private static Process start(Path work, Path temporary, Path out) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:-UsePerfData", // A file of the JVM itself, in the system's folder.
                "-Djava.io.tmpdir=" + temporary,
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path", ""),
                KilledProgram.class.getName())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HAKMEM_"));
    return builder.start();
  }

  private static void awaitLoad(Process process, Path out)
      throws IOException, InterruptedException {
    while (process.isAlive() && !Files.readString(out).contains(KilledProgram.LOADED)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** What it has mapped from files that exist for others, or are to be gone with it. */
  private static Set<String> filesOf(long pid) throws IOException {
    try (Stream<String> mappings = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
      return mappings
          .filter(line -> line.contains("/dev/shm/") || line.contains("/memfd:"))
          .collect(Collectors.toSet());
    }
  }

  private static List<String> entries(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }
}
