package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands about recordings, as a user calls them. */
@Tag("slow")
final class RecordCommandTest {

  @TempDir private Path dir;

  @Test
  void record_ofARunningJvm_writesATraceThatReplays() throws IOException {
    Path file = dir.resolve("program.trace");
    try (WorkingJvm jvm = new WorkingJvm(List.of("-Dhakmem.record=attach"), "one")) {
      JsonNode files =
          CommandRun.json("record", jvm.pid(), "--seconds=1", "--to=" + file, "--json");
      assertThat(files.at("/one/file").asText()).isEqualTo(file.toString());
      assertThat(files.at("/one/end").asText()).isEqualTo("STOPPED");
      assertThat(files.at("/one/events").asLong()).isGreaterThan(1000);
      assertThat(files.at("/one/bytes").asLong()).isEqualTo(Files.size(file));
      long size = Files.size(file);
      assertThat(size).isPositive();
      CommandRun again = CommandRun.of("record", jvm.pid(), "--seconds=1", "--to=" + file + "2");
      assertThat(again.code()).as(again.err()).isZero();
      assertThat(Files.size(file)).isEqualTo(size);
    }
    JsonNode info = CommandRun.json("trace", "info", file.toString(), "--json");
    assertThat(info.get("allocations").asLong()).isGreaterThan(1000);
    assertThat(info.get("common_sizes").get(0).get("bytes").asInt()).isEqualTo(100);
    CommandRun replay =
        CommandRun.of(
            "replay", file.toString(), "--verify", "--warmup=1", "--runs=1", "--budget-ms=100");
    assertThat(replay.code()).as(replay.err()).isZero();
  }

  @Test
  void record_ofAnAllocatorWithoutTheGate_saysWhatToDo() throws IOException {
    try (WorkingJvm jvm = new WorkingJvm(List.of(), "one")) {
      CommandRun.of("record", jvm.pid(), "--seconds=1", "--to=" + dir.resolve("t"))
          .assertRefused(
              1, "the allocator cannot be recorded: start its program with HAKMEM_RECORD=attach");
    }
  }

  @Test
  void record_intoAFileThatCannotBeWritten_saysSo() throws IOException {
    try (WorkingJvm jvm = new WorkingJvm(List.of("-Dhakmem.record=attach"), "one")) {
      CommandRun.of("record", jvm.pid(), "--seconds=1", "--to=" + dir)
          .assertRefused(1, dir + " cannot be written");
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux'")
  void record_ontoAFullDisk_saysSoAndTheAllocatorCanBeRecordedStill() throws IOException {
    try (WorkingJvm jvm = new WorkingJvm(List.of("-Dhakmem.record=attach"), "one")) {
      CommandRun.of("record", jvm.pid(), "--seconds=1", "--to=/dev/full")
          .assertRefused(1, "/dev/full cannot be written: No space left on device");
      Path file = dir.resolve("program.trace");
      JsonNode files =
          CommandRun.json("record", jvm.pid(), "--seconds=1", "--to=" + file, "--json");
      assertThat(files.at("/one/file").asText()).isEqualTo(file.toString());
      assertThat(Files.size(file)).isGreaterThan(1000);
    }
  }

  @Test
  void record_thatReachesItsSize_endsEarlyAndSaysSo() throws IOException {
    Path file = dir.resolve("program.trace");
    try (WorkingJvm jvm = new WorkingJvm(List.of("-Dhakmem.record=attach"), "one")) {
      CommandRun run =
          CommandRun.of("record", jvm.pid(), "--seconds=600", "--mib=1", "--to=" + file);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("one: " + file + ", ", " events in ", " bytes; it ended early, since --mib=1");
      assertThat(Files.size(file)).isBetween(1L << 20, 2L << 20);
    }
    CommandRun info = CommandRun.of("trace", "info", file.toString());
    assertThat(info.err()).as("the file is whole").isEmpty();
  }

  /** A FIFO whose reader goes away is as a disk that fills while it is written. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "mkfifo is Unix'")
  void record_thatCannotBeWrittenAnyMore_isAFailureThatSaysSo() throws Exception {
    Path pipe = dir.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (WorkingJvm jvm = new WorkingJvm(List.of("-Dhakmem.record=attach"), "one")) {
      Process reader =
          new ProcessBuilder("head", "-c", "100000", pipe.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      CommandRun run = CommandRun.of("record", jvm.pid(), "--seconds=600", "--to=" + pipe);
      assertThat(reader.waitFor()).isZero();
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .contains("the recording of one ended early: " + pipe + " cannot be written: ")
          .doesNotContain("Exception", "\tat ");
      assertThat(run.out()).contains(" events in ");
    }
  }

  @Test
  void info_withAPage_writesCharts() throws IOException {
    Path page = dir.resolve("page.html");
    CommandRun run =
        CommandRun.of("trace", "info", TraceFiles.small().toString(), "--html", page.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("30 events of 3 threads", "sizes up to", "lifetimes up to");
    String html = Files.readString(page);
    Browser.check(html);
    try (Browser browser = Browser.open(html)) {
      assertThat(browser.drawn()).as("the titles of the bars").contains("thread 0", "thread 2");
    }
    assertThat(html).contains("Bytes that live over time");
  }

  @Test
  void export_always_isReadAgain() throws IOException {
    Path text = dir.resolve("t.txt.gz");
    CommandRun run =
        CommandRun.of("trace", "export", TraceFiles.small().toString(), "--to", text.toString());
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode info = CommandRun.json("trace", "info", text.toString(), "--json");
    assertThat(info.get("frees").asInt()).isEqualTo(11);
  }

  @Test
  void replay_onRecordedThreads_runs() throws IOException {
    JsonNode report =
        CommandRun.json(
            "replay",
            TraceFiles.small().toString(),
            "--threads=recorded",
            "--verify",
            "--warmup=1",
            "--runs=3",
            "--json");
    assertThat(report.get("threads").asInt()).isEqualTo(3);
    CommandRun.of("replay", TraceFiles.small().toString(), "--threads=2")
        .assertRefused(2, "--threads=2 must be 1, recorded or the 3 of the trace");
  }
}
