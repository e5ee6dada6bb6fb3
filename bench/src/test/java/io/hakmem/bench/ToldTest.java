package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hakmem.HakAllocator;
import io.hakmem.report.Forgotten;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What programs are told of whole allocators: of forgotten ones, at the end, of odd names. */
final class ToldTest {

  private static final long MOST_SECONDS = 60;

  private static final class Warnings implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Forgotten.class);
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    private Warnings() {
      heard.start();
      logger.addAppender(heard);
    }

    private List<String> of(String allocator) {
      return List.copyOf(heard.list).stream()
          .map(ILoggingEvent::getFormattedMessage)
          .filter(message -> message.contains("allocator " + allocator + " "))
          .toList();
    }

    @Override
    public void close() {
      logger.detachAppender(heard);
    }
  }

  private static void make(String name, boolean closes) {
    HakAllocator made = HakAllocator.builder().name(name).build();
    made.allocate(100);
    if (closes) {
      made.close();
    }
  }

  private static void collectUntilHeard(Warnings warnings, String name) throws Exception {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (warnings.of(name).isEmpty() && System.nanoTime() < endNs) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void allocator_collectedUnclosed_isReportedOnceWithItsMaker() throws Exception {
    try (Warnings warnings = new Warnings()) {
      make("closed-well", true);
      make("forgotten", false);
      collectUntilHeard(warnings, "forgotten");
      System.gc();
      assertThat(warnings.of("forgotten"))
          .singleElement()
          .asString()
          .contains("never closed", "made at " + ToldTest.class.getName() + ".make");
      assertThat(warnings.of("closed-well")).isEmpty();
    }
  }

  /** What a JVM printed, and how it ended. */
  private record Ended(String out, int code) {}

  private static Ended run(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    return run(ToldProgram.class, "", environment, options);
  }

  private static Ended run(
      Class<?> program, String argument, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path", ""), program.getName(), argument));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("HAKMEM_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Ended(out, process.exitValue());
  }

  @Test
  @Tag("slow")
  void showStats_atTheEnd_printsClosedAndOpenAllocators() throws Exception {
    Ended ended = run(Map.of("HAKMEM_SHOW_STATS", "1"), "--enable-native-access=ALL-UNNAMED");
    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.out())
        .containsOnlyOnce("hakmem: allocator closed")
        .containsOnlyOnce("hakmem: allocator allocator")
        .contains("allocations 1, frees 1,", "allocations 1, frees 0,")
        .containsPattern("box +pages +live +cached +allocations +frees");
  }

  @Test
  @Tag("slow")
  void showStats_notAskedFor_printsNothing() throws Exception {
    Ended ended = run(Map.of(), "--enable-native-access=ALL-UNNAMED");
    assertThat(ended.out()).doesNotContain("hakmem: allocator");
  }

  @Test
  @Tag("slow")
  void environment_withAnUnknownName_warnsOnce() throws Exception {
    Ended ended = run(Map.of("HAKMEM_POL_ZERO_MODE", "x"), "--enable-native-access=ALL-UNNAMED");
    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.out())
        .containsOnlyOnce(
            "ignored: HAKMEM_POL_ZERO_MODE, set by environment HAKMEM_POL_ZERO_MODE, is no setting; the"
                + " nearest is HAKMEM_POOL_ZERO_MODE")
        .contains("WARN");
  }

  @Test
  @Tag("slow")
  void environment_withAnUnknownName_isRefusedByTheWorkbench() throws Exception {
    Ended ended = run(HakmemCommand.class, "compose", Map.of("HAKMEM_POL_ZERO_MODE", "x"));
    assertThat(ended.code()).as(ended.out()).isEqualTo(2);
    assertThat(ended.out()).contains("the nearest is HAKMEM_POOL_ZERO_MODE");
  }

  @Test
  @Tag("slow")
  void allocatorWithABean_collectedUnclosed_isReportedToo() throws Exception {
    Ended ended = run(ToldProgram.class, "lose", Map.of(), "--enable-native-access=ALL-UNNAMED");
    assertThat(ended.out()).containsOnlyOnce("allocator lost was collected and never closed");
  }

  @Test
  @Tag("slow")
  void sharedAllocator_thatWasRefused_isTriedAgain() throws Exception {
    Ended ended = run(ToldProgram.class, "retry", Map.of(), "--enable-native-access=ALL-UNNAMED");
    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.out())
        .contains("refused: HAKMEM_DECAY_MS=soon, set by system property", "allocated ");
  }

  @Test
  @Tag("slow")
  void property_withAnUnknownName_isRefused() throws Exception {
    Ended ended = run(Map.of(), "-Dhakmem.pol.zero.mode=x");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains("SettingsException: hakmem.pol.zero.mode, set by system property");
  }

  @Test
  @Tag("slow")
  void pageSourceOs_withoutNativeAccess_isRefusedWithItsOriginAndTheOption() throws Exception {
    Ended ended = run(Map.of("HAKMEM_PAGE_SOURCE", "os"));
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out())
        .contains(
            "SettingsException: HAKMEM_PAGE_SOURCE=os, set by environment HAKMEM_PAGE_SOURCE, cannot"
                + " be had: page source os needs the JVM option"
                + " --enable-native-access=ALL-UNNAMED");
  }
}
