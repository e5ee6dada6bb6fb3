package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.fork.BoxPath;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The option {@code --with-box}; {@code examples/run} tries the start script. */
final class WithBoxTest {

  @TempDir private Path dir;

  /** Some jar that is on the path of this JVM. */
  private static Path present() throws URISyntaxException {
    return Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void withBox_onThePath_isAcceptedBeforeAndBehindTheCommand() throws URISyntaxException {
    String jar = present().toString();
    assertThat(CommandRun.of("--with-box", jar, "--with-box=" + jar, "compose").code()).isZero();
    assertThat(CommandRun.of("compose", "--with-box", jar).code()).isZero();
  }

  @Test
  void withBox_noFile_isRefused() {
    CommandRun.of("--with-box", dir.resolve("none.jar").toString(), "compose")
        .assertRefused(2, "none.jar is no file that can be read");
  }

  @Test
  void withBox_notOnThePath_isRefused() throws IOException {
    Path jar = Files.createFile(dir.resolve("a.jar"));
    CommandRun.of("compose", "--with-box", jar.toString())
        .assertRefused(2, "a.jar is not on the path of this JVM");
  }

  @Test
  void has_otherPathToAnEntry_isTrue() throws URISyntaxException {
    Path roundabout = Path.of(present().toString().replaceFirst("/([^/]+)$", "/./$1"));
    assertThat(BoxPath.has(roundabout)).isTrue();
    assertThat(BoxPath.has(dir)).isFalse();
  }

  @Test
  void asClassPath_onAClassPath_isThatOne() {
    assertThat(BoxPath.asClassPath()).isEqualTo(System.getProperty("java.class.path"));
  }

  @Test
  void compose_boxThatAFlagSelects_isNamedWithItsSizesAndTheFlag() {
    assertThat(CommandRun.of("compose").out())
        .containsPattern(
            "left out +smallmid, place 60, serves 256-512 B .* with HAKMEM_SMALLMID_ENABLE=1");
    assertThat(CommandRun.of("compose", "--set", "HAKMEM_SMALLMID_ENABLE=1").out())
        .doesNotContainPattern("left out +smallmid");
  }
}
