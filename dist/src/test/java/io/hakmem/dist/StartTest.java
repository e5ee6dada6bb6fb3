package io.hakmem.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What the first allocator of a JVM and its first block load. The time of a start is that of
 * classes, most of all of those that the JVM makes itself.
 */
final class StartTest {

  /** Parts of the JDK that take some ms each when they are first used. */
  private static final List<String> NOT_NEEDED =
      List.of(
          "java.util.Formatter",
          "java.util.regex.",
          "java.lang.runtime.ObjectMethods",
          "java.lang.management.",
          "javax.management.",
          "jdk.jfr.internal.event.",
          "io.hakmem.jmx.",
          "io.hakmem.record.Recording");

  /** Each takes as long as two classes of a file. A loop or a shared one is an equal. */
  private static final int MOST_LAMBDAS = 45;

  private static final String LOADED = "[class,load] ";

  @Test
  void firstBlock_loadsNoPartOfTheJdkThatItDoesNotNeed() throws Exception {
    List<String> loaded = loaded();
    assertThat(loaded).contains("io.hakmem.HakAllocator", "java.lang.foreign.Linker");
    assertThat(loaded).noneMatch(name -> NOT_NEEDED.stream().anyMatch(name::startsWith));
  }

  @Test
  void firstBlock_makesFewClassesOfLambdas() throws Exception {
    List<String> lambdas =
        loaded().stream()
            .filter(name -> name.startsWith("io.hakmem.") && name.contains("$$Lambda"))
            .toList();
    assertThat(lambdas).isNotEmpty().hasSizeLessThanOrEqualTo(MOST_LAMBDAS);
  }

  /** The names of the classes that a program of its own has loaded. */
  private static List<String> loaded() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xlog:class+load:stdout:tags",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", ""),
                StartProgram.class.getName())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    assertThat(out).contains("block ");
    return out.lines()
        .filter(line -> line.startsWith(LOADED))
        .map(line -> line.substring(LOADED.length()).split(" ", 2)[0])
        .toList();
  }
}
