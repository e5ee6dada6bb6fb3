package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class HakmemCommandTest {

  private final StringWriter out = new StringWriter();

  private int execute(String... args) {
    return HakmemCommand.commandLine().setOut(new PrintWriter(out, true)).execute(args);
  }

  @Test
  void version_always_isThatOfTheBuild() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).matches("hakmem \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void compose_unknownGate_isRefusedWithTheNearest() {
    StringWriter err = new StringWriter();
    int code =
        HakmemCommand.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute("compose", "--set", "HAKMEM_POOL_ZERO_MOD=off");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("HAKMEM_POOL_ZERO_MODE");
  }
}
