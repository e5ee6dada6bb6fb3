package io.hakmem.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PoolBoxProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the artifact brings, what its list names, and what the BOM names. */
final class StandardCompositionTest {

  private static final String LIST = "/META-INF/hakmem/providers";
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
  private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");

  private static Stream<String> services(Class<?> type) {
    return ServiceLoader.load(type).stream().map(provider -> provider.type().getName());
  }

  private static String read(String name) throws IOException {
    return Files.readString(Path.of("").toAbsolutePath().resolve(name));
  }

  private static String first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().map(found -> found.group(1)).orElseThrow();
  }

  @Test
  void list_always_namesEachProviderOnce() throws IOException {
    List<String> listed;
    try (var text = StandardCompositionTest.class.getResourceAsStream(LIST)) {
      assertThat(text).isNotNull();
      listed =
          new String(text.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(services(PageDirectoryProvider.class), services(PoolBoxProvider.class))
                .toList());
  }

  @Test
  void composition_ofThroughput_hasEachBoxOfTheArtifact() {
    try (HakAllocator allocator = HakAllocator.builder().profile("THROUGHPUT").build()) {
      assertThat(allocator.composition().directory()).isEqualTo("mid-desc");
      assertThat(allocator.composition().boxes())
          .extracting(Composition.Box::name)
          .containsExactly("tiny-front", "pool-v1-flat", "pool-v1");
    }
  }

  @Test
  void bom_always_hasTheVersionOfTheArtifactAndNamesEachModuleForUsers() throws IOException {
    String bom = read("bom/pom.xml");
    assertThat(first(VERSION, bom)).isEqualTo(first(VERSION, read("pom.xml")));
    List<String> modules =
        Pattern.compile("<module>(.*?)</module>")
            .matcher(read("../pom.xml"))
            .results()
            .map(found -> found.group(1))
            .filter(folder -> !folder.matches("bench|dist/bom|testing/(fuzz|stress)"))
            .toList();
    List<String> artifacts =
        modules.stream().map(StandardCompositionTest::artifactOf).sorted().toList();
    assertThat(
            ARTIFACT
                .matcher(bom.substring(0, bom.indexOf("<build>")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .skip(1)
                .sorted())
        .isEqualTo(artifacts);
  }

  /** The second artifact that a pom names, after its parent. */
  private static String artifactOf(String folder) {
    try {
      return ARTIFACT
          .matcher(read("../" + folder + "/pom.xml"))
          .results()
          .skip(1)
          .findFirst()
          .map(found -> found.group(1))
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
