package io.hakmem.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The first allocator of a JVM tries its operations out, of which a recording shall hear nothing.
 */
final class FirstAllocatorTest {

  private static final List<String> EVENTS =
      List.of(
          "Refill",
          "LargeBlock",
          "Decommit",
          "Adopt",
          "Collect",
          "HeapMade",
          "Trim",
          "LimitHit",
          "RefusedFree",
          "AllocationSample");

  @Test
  void allocator_thatDidNothingYet_hasWrittenNoEvent() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", ""),
                FirstAllocatorProgram.class.getName()));
    command.addAll(EVENTS);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(out).contains("made mid-desc").doesNotContain("event ");
    assertThat(process.exitValue()).as(out).isZero();
  }
}
