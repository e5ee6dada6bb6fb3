package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence in pictures: flame graphs, and memory over time. */
final class ProfileCommandTest {

  @TempDir private Path dir;

  @Tag("slow")
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the profiler is packed for Linux")
  void profile_anyLoad_writesAFlameGraphOfIt() throws IOException {
    Path page = dir.resolve("flame.html");
    CommandRun run =
        CommandRun.of("profile", "--workload=larson", "--budget-ms=300", "--html=" + page);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("hakmem under larson: ").contains(page.toString());
    assertThat(Files.readString(page)).contains("<canvas", "Larson");
  }

  @Tag("slow")
  @Test
  void soak_html_isMemoryOverTime() throws IOException {
    Path page = dir.resolve("soak.html");
    CommandRun run =
        CommandRun.of(
            "soak", "--minutes=0.001", "--threads=1", "--burst-mib=1", "--json", "--html=" + page);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("\"kind\":\"soak\"", "\"resident_bytes\":");
    Browser.check(Files.readString(page));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile                               | Missing required option",
        "profile --html /none/x                | --html=/none/x cannot be written",
        "profile --html x --workload none      | --workload=none is not one of",
        "profile --html x --profile NONE       | HAKMEM_PROFILE=NONE",
        "profile --html x --budget-ms 0        | --budget-ms=0 must be in [1, 3600000]",
      })
  void wrongUsage_always_isOneLineAndCodeTwo(String call, String reason) {
    CommandRun.of(call.split("\\s+", -1)).assertRefused(2, reason);
  }
}
