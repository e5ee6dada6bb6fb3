package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Subjects that a JVM measures only if it was started with some options. */
@Tag("slow")
final class MeasureCommandTest {

  private static final String TRACE = "--workload=replay:" + TraceFiles.small();

  @TempDir private Path dir;

  static List<SubjectKind> subjects() {
    List<SubjectKind> subjects =
        Arrays.stream(SubjectKind.values()).filter(kind -> !kind.jvmOptions().isEmpty()).toList();
    assertThat(subjects).hasSizeGreaterThan(3);
    return subjects;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void measure_subjectThatNeedsOptions_isMeasuredWithoutAWarning(SubjectKind subject)
      throws Exception {
    CommandProcess run =
        CommandProcess.in(
            dir, List.of("measure", TRACE, "--subject=" + subject, "--warmup=0", "--runs=1"));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(subject.toString());
  }

  @Test
  void measure_inAJvmOfItsOwn_isTheJsonOfThisCall() throws IOException {
    JsonNode report =
        CommandRun.json(
            "measure", TRACE, "--subject=netty-pooled", "--warmup=0", "--runs=1", "--json");
    assertThat(report.path("kind").asText()).isEqualTo("measure");
    assertThat(report.path("command").asText()).startsWith("measure --workload=replay:");
    assertThat(report.path("subject").asText()).isEqualTo("netty-pooled");
    assertThat(report.path("allocs").asInt()).isEqualTo(19);
    assertThat(report.path("steady_mops").asDouble()).isPositive();
  }

  @Test
  void replay_subjectThatNeedsOptions_isMeasuredToo() {
    CommandRun run =
        CommandRun.of(
            "replay",
            TraceFiles.small().toString(),
            "--subject=netty-pooled",
            "--warmup=0",
            "--runs=1");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("netty-pooled");
  }
}
