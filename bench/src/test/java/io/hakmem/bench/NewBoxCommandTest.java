package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NewBoxCommandTest {

  @TempDir private Path dir;

  private CommandRun newBox(String options) {
    List<String> words = new ArrayList<>(List.of("new-box"));
    words.addAll(Arrays.asList(options.strip().split("\\s+", -1)));
    words.addAll(List.of("--to", dir.resolve("box").toString()));
    return CommandRun.of(words.toArray(String[]::new));
  }

  @Test
  void run_always_writesTheModuleAndSaysWhatIsNext() {
    CommandRun run = newBox("bump-slab --sizes 16..128 --place 40");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("install pool-core, box-tck and box-jmh").hasLineCount(1);
    assertThat(run.out())
        .contains(
            "verify", "--with-box", "HAKMEM_BUMP_SLAB_ENABLE=1", "bump-slab-1.0.0-SNAPSHOT.jar");
    assertThat(dir.resolve("box/src/main/java/bumpslab/BumpSlabProvider.java")).isRegularFile();
    assertThat(dir.resolve("box/pom.xml"))
        .content()
        .contains("<hakmem.version>")
        .containsPattern("<jmh.version>[0-9.]+</jmh.version>")
        .doesNotContain("$" + "{jmh.version}</jmh.version>");
  }

  @Test
  void run_whereAFileIs_isRefusedAndWritesNothing() throws IOException {
    Path readme = Files.createDirectories(dir.resolve("box")).resolve("README.md");
    Files.writeString(readme, "mine");
    newBox("demo --sizes 16 --place 40").assertRefused(2, readme + " already");
    assertThat(readme).hasContent("mine");
    assertThat(dir.resolve("box/pom.xml")).doesNotExist();
  }

  @Test
  void run_intoAFile_isRefused() throws IOException {
    Files.writeString(dir.resolve("box"), "");
    newBox("demo --sizes 16 --place 40").assertRefused(2, "is a file, not a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Demo --sizes 16 --place 40                 | name=Demo must be words of small letters",
        "smallmid --sizes 16 --place 40             | name=smallmid is that of a box",
        "demo --sizes 17 --place 40                 | sizes=17 must be multiples of 16",
        "demo --sizes 1048592 --place 40            | sizes=1048592 must be multiples of 16",
        "demo --sizes 16 --place -1                 | --place=-1 must be in [0, 199]",
        "demo --sizes 16 --place 200                | --place=200 must be in [0, 199]",
        "demo --sizes 16 --place x                  | Invalid value for option '--place'",
        "demo --sizes 16 --place 40 --package a.new | package=a.new must be the name of a Java",
        "demo --place 40                            | Missing required option: '--sizes=BYTES'",
      })
  void wrongUsage_always_isOneLineAndCodeTwo(String options, String reason) {
    newBox(options).assertRefused(2, reason);
    assertThat(dir).isEmptyDirectory();
  }
}
