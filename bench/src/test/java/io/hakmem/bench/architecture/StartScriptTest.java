package io.hakmem.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The start script builds anew when a source changed: it must look at those of every module. */
final class StartScriptTest {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern LOOKED_AT = Pattern.compile("\\{,([^}]+)}\\*/src/\\{main,jmh}");

  @Test
  void staleBuild_always_isNoticedInEveryModuleWithSources() throws IOException {
    Path root = ProjectRoot.find();
    List<String> lookedAt =
        LOOKED_AT
            .matcher(Files.readString(root.resolve("hakmem")))
            .results()
            .map(found -> found.group(1).split(","))
            .flatMap(Stream::of)
            .toList();
    assertThat(lookedAt).isNotEmpty();
    assertThat(MODULE.matcher(Files.readString(root.resolve("pom.xml"))).results())
        .map((MatchResult module) -> module.group(1))
        .filteredOn(module -> Files.isDirectory(root.resolve(module, "src")))
        .hasSizeGreaterThan(10)
        .allSatisfy(module -> assertThat(parent(module)).isIn(withRoot(lookedAt)));
  }

  private static List<String> withRoot(List<String> folders) {
    return Stream.concat(Stream.of(""), folders.stream()).toList();
  }

  private static String parent(String module) {
    return module.substring(0, module.lastIndexOf('/') + 1);
  }
}
