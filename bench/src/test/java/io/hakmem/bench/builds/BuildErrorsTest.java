package io.hakmem.bench.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BuildErrorsTest {

  private static final Path TREE = Path.of("/tmp/build/tree");

  @Test
  void reason_sourceDoesNotCompile_isThePlaceInTheRepositoryOnce() {
    String output =
        """
        [ERROR] COMPILATION ERROR :
        [ERROR] /tmp/build/tree/core/src/Broken.java:[1,15] reached end of file while parsing
        [ERROR] Failed to execute goal compiler:3 (default) on project core: Compilation failure
        [ERROR] /tmp/build/tree/core/src/Broken.java:[1,15] reached end of file while parsing
        [ERROR] -> [Help 1]
        [ERROR]
        """;
    assertThat(BuildErrors.reason(output, TREE))
        .isEqualTo("core/src/Broken.java:[1,15] reached end of file while parsing");
  }

  @Test
  void reason_manyErrors_areCounted() {
    String output =
        IntStream.rangeClosed(1, 9)
            .mapToObj("[ERROR] /tmp/build/tree/A.java:[%d,1] no"::formatted)
            .collect(Collectors.joining("\n"));
    assertThat(BuildErrors.reason(output, TREE))
        .isEqualTo(
            "A.java:[1,1] no; A.java:[2,1] no; A.java:[3,1] no; A.java:[4,1] no; and 5 more");
  }

  @Test
  void reason_errorsOfNoSource_areShown() {
    assertThat(BuildErrors.reason("a line\n[ERROR] no such artifact\n[ERROR]\n", TREE))
        .isEqualTo("no such artifact");
  }

  @Test
  void reason_nothingCalledAnError_isTheEnd() {
    assertThat(BuildErrors.reason("1\n2\n3\n4\nfatal: no such commit\n", TREE))
        .isEqualTo("2; 3; 4; fatal: no such commit");
  }
}
