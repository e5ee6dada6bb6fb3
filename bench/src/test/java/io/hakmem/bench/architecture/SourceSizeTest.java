package io.hakmem.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes that keep a file readable and a method visible without scrolling. */
final class SourceSizeTest {

  private static final long MOST_FILE_LINES = 400;
  private static final long MOST_METHOD_LINES = 40;

  @Test
  void file_always_isShort() throws IOException {
    List<Path> sources = ProjectRoot.sources();
    assertThat(sources).isNotEmpty();
    assertThat(sources)
        .allSatisfy(
            source ->
                assertThat(Files.readAllLines(source))
                    .as("lines of %s", source)
                    .hasSizeLessThanOrEqualTo((int) MOST_FILE_LINES));
  }

  @Test
  void method_always_isVisibleWithoutScrolling() throws IOException {
    assertThat(MethodLines.of(ProjectRoot.sources()))
        .isNotEmpty()
        .filteredOn(method -> method.lines() > MOST_METHOD_LINES)
        .isEmpty();
  }

  @Test
  void methodLines_ofThisFile_areCounted() throws IOException {
    Path self =
        ProjectRoot.sources().stream()
            .filter(source -> source.endsWith("SourceSizeTest.java"))
            .findFirst()
            .orElseThrow();
    assertThat(MethodLines.of(List.of(self)))
        .contains(
            new MethodLines("SourceSizeTest.java", "method_always_isVisibleWithoutScrolling", 7));
  }
}
