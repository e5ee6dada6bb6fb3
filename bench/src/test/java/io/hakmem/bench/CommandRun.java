package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** One call of the command in this JVM: its exit code and what it wrote. */
record CommandRun(int code, String out, String err) {

  private static final JsonMapper WHOLE_TEXT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        HakmemCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** A call whose standard output is one JSON object. */
  static JsonNode json(String... args) throws IOException {
    CommandRun run = of(args);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode report = WHOLE_TEXT.readTree(run.out());
    assertThat(report.isObject()).as(run.out()).isTrue();
    return report;
  }

  /** Checks that it was refused by one line of text that contains the reason, and nothing else. */
  void assertRefused(int expectedCode, String reason) {
    assertThat(out).isEmpty();
    assertThat(err).startsWith("hakmem: ").contains(reason).endsWith(System.lineSeparator());
    assertThat(err.lines()).hasSize(1);
    assertThat(code).isEqualTo(expectedCode);
  }
}
