package io.hakmem.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that documents name for what they promise are there. */
final class NamedTestsTest {

  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)`");
  private static final Pattern GUARANTEE =
      Pattern.compile("(?s)\\| guarantee \\| tested by \\|\n\\|---\\|---\\|\n(.*?)\n\n");

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Documents.path(".."))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../README.md", "reliability.md", "deploying.md", "operations.md"})
  void tests_namedInTheDocument_exist(String document) throws IOException {
    assertThat(TEST.matcher(Documents.read(document)).results().map(test -> test.group(1)))
        .isSubsetOf(tests());
  }

  @Test
  void guarantees_ofTheReadme_eachNameATest() throws IOException {
    var table = GUARANTEE.matcher(Documents.read("../README.md"));
    assertThat(table.find()).as("a table of guarantees").isTrue();
    assertThat(table.group(1).lines())
        .hasSizeGreaterThan(5)
        .allSatisfy(row -> assertThat(row).containsPattern(TEST));
  }
}
