package io.hakmem.bench.architecture;

import static io.hakmem.bench.architecture.ChildJvm.locationOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The artifacts as a deployment starts them: on the module path, and on the class path. */
@Tag("slow")
final class ModulePathTest {

  private static final Path CORE = locationOf("io.hakmem.HakAllocator");
  private static final Path MID_DESC = locationOf("io.hakmem.middesc.MidDescProvider");
  private static final Path SLF4J = locationOf("org.slf4j.LoggerFactory");

  private static final String OS = "-Dhakmem.page.source=os";
  private static final String ARENA = "-Dhakmem.page.source=arena";
  private static final String CORE_ACCESS = "--enable-native-access=io.hakmem.core";
  private static final String ALL_ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final String ARENAS_WORK = "arena works shared too";
  private static final String LOG =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%level %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="out" /></root>
      </configuration>
      """;

  private static final String RAW_MEMORY_WORKS = "raw 1010101";

  @Test
  void modulePath_withoutDirectory_namesTheArtifact(@TempDir Path output) throws Exception {
    ChildJvm.Ended ended = new ChildJvm(output).modules(CORE, SLF4J).option(CORE_ACCESS).run();
    assertRefused(ended);
  }

  @Test
  void classPath_withoutDirectory_namesTheArtifact(@TempDir Path output) throws Exception {
    ChildJvm.Ended ended = new ChildJvm(output).classes(CORE, SLF4J).option(ALL_ACCESS).run();
    assertRefused(ended);
  }

  @Test
  void modulePath_withNativeAccess_worksSilently(@TempDir Path output) throws Exception {
    ChildJvm.Ended ended =
        new ChildJvm(output).modules(CORE, MID_DESC, SLF4J).option(CORE_ACCESS).option(OS).run();
    assertWorks(ended, "io.hakmem.core", "os");
    assertThat(ended.out()).contains(ARENAS_WORK, RAW_MEMORY_WORKS);
  }

  @Test
  void classPath_withNativeAccess_worksSilently(@TempDir Path output) throws Exception {
    ChildJvm.Ended ended =
        new ChildJvm(output).classes(CORE, MID_DESC, SLF4J).option(ALL_ACCESS).option(OS).run();
    assertWorks(ended, "null", "os");
    assertThat(ended.out()).contains(ARENAS_WORK, RAW_MEMORY_WORKS);
  }

  @Test
  void modulePath_arenaWithoutNativeAccess_worksSilently(@TempDir Path output) throws Exception {
    ChildJvm.Ended ended = new ChildJvm(output).modules(CORE, MID_DESC, SLF4J).option(ARENA).run();
    assertWorks(ended, "io.hakmem.core", "arena");
    assertThat(ended.out())
        .contains(
            "arena arena() needs the JVM option " + CORE_ACCESS,
            "raw raw memory needs the JVM option " + CORE_ACCESS);
  }

  @Test
  void classPath_arenaWithoutNativeAccess_worksSilently(@TempDir Path output) throws Exception {
    ChildJvm.Ended ended = new ChildJvm(output).classes(CORE, MID_DESC, SLF4J).option(ARENA).run();
    assertWorks(ended, "null", "arena");
    assertThat(ended.out())
        .contains(
            "arena arena() needs the JVM option " + ALL_ACCESS,
            "raw raw memory needs the JVM option " + ALL_ACCESS);
  }

  @Test
  void classPath_arenaWithNativeAccess_hasArenasToo(@TempDir Path output) throws Exception {
    ChildJvm.Ended ended =
        new ChildJvm(output).classes(CORE, MID_DESC, SLF4J).option(ALL_ACCESS).option(ARENA).run();
    assertWorks(ended, "null", "arena");
    assertThat(ended.out()).contains(ARENAS_WORK, RAW_MEMORY_WORKS);
  }

  @Test
  void modulePath_nothingSaidWithoutNativeAccess_takesTheArena(@TempDir Path output)
      throws Exception {
    ChildJvm.Ended ended = new ChildJvm(output).modules(CORE, MID_DESC, SLF4J).run();
    assertWorks(ended, "io.hakmem.core", "arena");
  }

  @Test
  void modulePath_withBeanAndRecording_showsTheFigures(@TempDir Path output) throws Exception {
    ChildJvm.Ended ended =
        new ChildJvm(output)
            .modules(CORE, MID_DESC, SLF4J)
            .option(ARENA)
            .option("-Dhakmem.jmx.enabled=1")
            .option("-Dwatched=true")
            .run();
    assertWorks(ended, "io.hakmem.core", "arena");
    assertThat(ended.out()).contains("events 1, trims of the bean 1");
  }

  @Test
  void classPath_withALog_saysWhatRunsAndWhichOptionIsMissing(@TempDir Path output)
      throws Exception {
    Path configuration = output.resolve("logback.xml");
    Files.writeString(configuration, LOG);
    ChildJvm.Ended ended =
        new ChildJvm(output)
            .option("-Dlogback.configurationFile=" + configuration)
            .classes(CORE, MID_DESC, SLF4J)
            .classes(
                ChildJvm.locationOf("ch.qos.logback.classic.Logger"),
                ChildJvm.locationOf("ch.qos.logback.core.Context"))
            .run();
    assertThat(ended.out())
        .containsOnlyOnce(
            "INFO allocator: profile none, boxes pool-v1, directory mid-desc, page source arena,"
                + " limit none")
        .containsOnlyOnce("WARN page source os needs the JVM option " + ALL_ACCESS);
  }

  private static void assertRefused(ChildJvm.Ended ended) {
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(1);
    assertThat(ended.err()).contains("add io.hakmem:hakmem to the");
  }

  private static void assertWorks(ChildJvm.Ended ended, String module, String pageSource) {
    assertThat(ended.err()).as("standard error, JVM warnings included").isEmpty();
    assertThat(ended.exitCode()).as("%s", ended).isZero();
    assertThat(ended.out())
        .contains("module " + module + System.lineSeparator())
        .containsPattern("page source +" + pageSource + "\n")
        .containsPattern("directory +mid-desc\n");
  }
}
