package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    assertThat(run("measure", TRACE, "--subject=" + subject).out()).contains(subject.toString());
  }

  @Test
  void measure_inAJvmOfItsOwn_isTheJsonOfThisCall() throws Exception {
    JsonNode report =
        new JsonMapper().readTree(run("measure", TRACE, "--subject=netty-pooled", "--json").out());
    assertThat(report.path("kind").asText()).isEqualTo("measure");
    assertThat(report.path("command").asText()).startsWith("measure --workload=replay:");
    assertThat(report.path("subject").asText()).isEqualTo("netty-pooled");
    assertThat(report.path("allocs").asInt()).isEqualTo(19);
    assertThat(report.path("steady_mops").asDouble()).isPositive();
  }

  @Test
  void replay_subjectThatNeedsOptions_isMeasuredToo() throws Exception {
    assertThat(run("replay", TraceFiles.small().toString(), "--subject=netty-pooled").out())
        .contains("netty-pooled");
  }

  private CommandProcess run(String... call) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(call));
    arguments.addAll(List.of("--warmup=0", "--runs=1"));
    CommandProcess run = CommandProcess.in(dir, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run;
  }
}
