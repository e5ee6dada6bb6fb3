package io.hakmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.gate.PageSourceKind;
import io.hakmem.spi.PageSource;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

final class PageSourcesTest {

  private record Outcome(int exit, String out, String err) {}

  @TempDir Path directory;

  @Test
  void select_arena_isArena() {
    try (PageSource source = PageSources.select(PageSourceKind.ARENA)) {
      assertThat(source.name()).isEqualTo("arena");
    }
  }

  @Test
  void obstacle_otherSystem_saysWhatIsNeeded() {
    Module module = PageSourcesTest.class.getModule();
    assertThat(PageSources.obstacle("Mac OS X", "aarch64", module))
        .contains("needs Linux on amd64 or aarch64, but this is Mac OS X on aarch64");
    assertThat(PageSources.obstacle("Linux", "riscv64", module)).isPresent();
    assertThat(PageSources.obstacle("Linux", "aarch64", module)).isEmpty();
  }

  @Test
  void os_obstacle_isRefused() {
    assertThatThrownBy(() -> PageSources.os(Optional.of("needs what is not here")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("page source os needs what is not here");
  }

  @Test
  void select_autoWithoutNativeAccessOnClassPath_isArenaAndSilent() throws Exception {
    assertThat(run(onClassPath("AUTO"))).isEqualTo(new Outcome(0, "arena\n", ""));
  }

  @Test
  void select_autoWithoutNativeAccessOnModulePath_isArenaAndSilent() throws Exception {
    assertThat(run(onModulePath("AUTO"))).isEqualTo(new Outcome(0, "arena\n", ""));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the page source os needs Linux")
  void select_autoWithNativeAccessOnClassPath_isOsAndDoesNotWarn() throws Exception {
    Outcome outcome = run(onClassPath("AUTO", "--enable-native-access=ALL-UNNAMED"));
    assertThat(outcome.out).isEqualTo("os\n");
    assertThat(outcome.err).doesNotContain("WARNING");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the page source os needs Linux")
  void select_autoWithNativeAccessOnModulePath_isOsAndDoesNotWarn() throws Exception {
    Outcome outcome = run(onModulePath("AUTO", "--enable-native-access=io.hakmem.core"));
    assertThat(outcome.out).isEqualTo("os\n");
    assertThat(outcome.err).doesNotContain("WARNING");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the page source os needs Linux")
  void select_osWithoutNativeAccess_namesTheOption() throws Exception {
    Outcome named = run(onModulePath("OS"));
    assertThat(named.exit).isEqualTo(1);
    assertThat(named.err)
        .contains("page source os needs the JVM option --enable-native-access=io.hakmem.core")
        .doesNotContain("WARNING");
    assertThat(run(onClassPath("OS")).err).contains("--enable-native-access=ALL-UNNAMED");
  }

  private static List<String> onClassPath(String kind, String... options) throws Exception {
    String path =
        String.join(
            File.pathSeparator,
            place(PageSources.class),
            place(PageSourcesTest.class),
            place(Logger.class));
    return command(options, "-cp", path, SelectAndPrint.class.getName(), kind);
  }

  private static List<String> onModulePath(String kind, String... options) throws Exception {
    return command(
        options,
        "-p",
        place(PageSources.class) + File.pathSeparator + place(Logger.class),
        "--patch-module",
        "io.hakmem.core=" + place(PageSourcesTest.class),
        "-m",
        "io.hakmem.core/" + SelectAndPrint.class.getName(),
        kind);
  }

  private static List<String> command(String[] options, String... rest) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of(rest));
    return command;
  }

  private static String place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private Outcome run(List<String> command) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // The JVM says on stderr that it read these.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    int exit = builder.start().waitFor();
    return new Outcome(
        exit,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
