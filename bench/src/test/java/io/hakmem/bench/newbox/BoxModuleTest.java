package io.hakmem.bench.newbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written compiles and is complete; {@code examples/run} builds it by Maven. */
final class BoxModuleTest {

  private static final int COLUMNS = 100;

  /** Every name that the pom asks for, with a value of its own. */
  private static final Map<String, String> VERSIONS =
      Stream.of(
              "version",
              "jmhVersion",
              "jspecifyVersion",
              "cleanPluginVersion",
              "compilerPluginVersion",
              "deployPluginVersion",
              "execPluginVersion",
              "installPluginVersion",
              "jarPluginVersion",
              "resourcesPluginVersion",
              "surefirePluginVersion",
              "toolchainsPluginVersion")
          .collect(Collectors.toMap(Function.identity(), name -> name + "-1"));

  @TempDir private Path dir;

  private static BoxModule module(String name, String sizes) {
    return new BoxModule(
        BoxNames.of(name, "com.example.boxes"), BlockSizes.parse(sizes), 40, VERSIONS);
  }

  private String written(String file) throws IOException {
    return Files.readString(dir.resolve(file));
  }

  @Test
  void write_always_makesTheFilesOfAModule() throws IOException {
    module("bump-slab", "16..128").write(dir);
    String main = "src/main/java/com/example/boxes/";
    String test = "src/test/java/com/example/boxes/";
    assertThat(module("bump-slab", "16..128").files().keySet())
        .extracting(Path::toString)
        .containsExactlyInAnyOrder(
            "pom.xml",
            "README.md",
            ".gitignore",
            "src/main/java/module-info.java",
            "src/main/resources/META-INF/services/io.hakmem.spi.PoolBoxProvider",
            main + "package-info.java",
            main + "BumpSlabProvider.java",
            main + "BumpSlabBox.java",
            main + "BumpSlabGates.java",
            test + "BumpSlabContractTest.java",
            test + "benchmark/BumpSlabBenchmark.java")
        .allSatisfy(file -> assertThat(dir.resolve(file)).isNotEmptyFile());
    assertThat(written("src/main/resources/META-INF/services/io.hakmem.spi.PoolBoxProvider"))
        .isEqualTo("com.example.boxes.BumpSlabProvider\n");
    assertThat(written(main + "BumpSlabProvider.java"))
        .contains("NAME = \"bump-slab\"", "PLACE = 40;");
    assertThat(written(main + "BumpSlabGates.java")).contains("\"HAKMEM_BUMP_SLAB_ENABLE\"");
    assertThat(written(main + "BumpSlabBox.java"))
        .contains(
            "BLOCK_BYTES = {16, 32, 48, 64, 80, 96, 112, 128};",
            "PagePolicy.standard(\"bump_slab_\")");
    assertThat(written("README.md"))
        .contains("| place | 40 |", "target/bump-slab-1.0.0-SNAPSHOT.jar");
  }

  @Test
  void pom_always_hasTheVersionsOfThisBuild() throws IOException {
    String pom = module("demo", "16").files().get(Path.of("pom.xml"));
    assertThat(VERSIONS.values()).allSatisfy(version -> assertThat(pom).contains(version));
    assertThat(pom)
        .contains("<artifactId>demo</artifactId>", "<groupId>com.example</groupId>")
        .doesNotContain("{{");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo                             | 16",
        "bump-slab                        | 16..128",
        "a234567890-b234567890-c234567890 | 16..1048576"
      })
  void write_anyNameAndSizes_compilesWithoutAWarningAndFitsIts100Columns(String name, String sizes)
      throws IOException {
    module(name, sizes).write(dir);
    List<Path> sources;
    try (Stream<Path> files = Files.walk(dir)) {
      // What the contract test extends is in another artifact, which this module does not need.
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().endsWith("ContractTest.java"))
              .filter(file -> !file.endsWith("module-info.java"))
              .toList();
    }
    assertThat(sources).hasSize(5);
    for (Path source : sources) {
      assertThat(Files.readAllLines(source))
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    }
    assertThat(compile(sources)).isEmpty();
  }

  /** What the compiler says; it has the class path of this test. */
  private String compile(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-Xlint:all", "-Werror", "-proc:none", "-d", dir.resolve("out").toString());
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
    return said.toString();
  }

  @Test
  void write_whereAFileIs_leavesItAsItIs() throws IOException {
    Path pom = dir.resolve("pom.xml");
    Files.writeString(pom, "mine");
    BoxModule module = module("demo", "16");
    assertThat(module.existing(dir)).contains(pom);
    assertThatThrownBy(() -> module.write(dir)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(pom).hasContent("mine");
  }
}
