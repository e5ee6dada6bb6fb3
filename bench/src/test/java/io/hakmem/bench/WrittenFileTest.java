package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.bench.option.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What commands write, and what they leave where they cannot. */
final class WrittenFileTest {

  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String RESULT = "results/ab-2026-11-26-beside-legacy.json";

  private static final String[] MEASURE = {
    "measure", "--workload=replay:" + TraceFiles.small(), "--warmup=0", "--runs=1", "--json"
  };

  @TempDir private Path dir;

  private Path trace() throws IOException {
    return Files.copy(TraceFiles.small(), dir.resolve("program.trace"));
  }

  @Test
  void export_ontoTheTraceItself_isRefusedAndTheTraceStays() throws IOException {
    Path trace = trace();
    CommandRun.of("trace", "export", trace.toString(), "--to=" + trace)
        .assertRefused(USAGE, "--to=" + trace + " is a file that this call reads");
    assertThat(trace).hasSameBinaryContentAs(TraceFiles.small());
  }

  @Test
  void report_ontoTheResultItself_isRefused() throws IOException {
    Path result = Files.copy(Path.of(RESULT), dir.resolve("result.json"));
    CommandRun.of("report", result.toString(), "--html=" + result)
        .assertRefused(USAGE, "--html=" + result + " is a file that this call reads");
    assertThat(result).hasSameBinaryContentAs(Path.of(RESULT));
  }

  @Test
  void callThatFails_afterItsFileWasTried_leavesTheFileAsItWas() throws IOException {
    Path result = Files.writeString(dir.resolve("one.json"), CommandRun.of(MEASURE).out());
    Path page = Files.writeString(dir.resolve("old.html"), "kept");
    CommandRun.of("report", result.toString(), "--html=" + page)
        .assertRefused(USAGE, "--html: the result of one subject has no page");
    assertThat(page).hasContent("kept");
  }

  @Test
  void missingFolder_always_isSaidWithoutAJavaName() throws IOException {
    Path file = dir.resolve("missing/program.txt");
    CommandRun.of("trace", "export", trace().toString(), "--to=" + file)
        .assertRefused(USAGE, "--to=" + file + " cannot be written: its folder does not exist");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux'")
  void fullDisk_atTheEnd_isSaidWithTheFile() throws IOException {
    CommandRun run = CommandRun.of("trace", "info", trace().toString(), "--html=/dev/full");
    assertThat(run.code()).isEqualTo(FAILED);
    assertThat(run.err())
        .startsWith("hakmem: --html=/dev/full cannot be written: ")
        .hasLineCount(1);
    assertThat(run.out()).as("what was found out").contains("sizes up to");
  }

  @Test
  void fileThatCouldBeWrittenInPart_always_isRemoved() {
    Path file = dir.resolve("part.txt");
    assertThatThrownBy(
            () ->
                WrittenFile.write(
                    "--to",
                    file,
                    to -> {
                      Files.writeString(to, "a part");
                      throw new IOException("the disk is full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("--to=" + file + " cannot be written: the disk is full");
    assertThat(file).doesNotExist();
  }
}
