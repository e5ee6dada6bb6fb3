package io.hakmem.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An allocator that cannot tell its figures, beside others. */
final class BrokenFiguresTest {

  @TempDir private Path folder;

  private final ExitReport report = new ExitReport();

  private String printed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.print(new PrintStream(out, false, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void assertBothAreTold(String printed) {
    assertThat(printed)
        .containsOnlyOnce("hakmem: allocator broken has no figures: ")
        .contains("box faulty failed in report(): not today")
        .containsOnlyOnce("hakmem: allocator whole");
  }

  @Test
  void report_ofOpenAllocators_tellsTheOthers() {
    report.opened(new ToldView("broken", true));
    report.opened(new ToldView("whole", false));
    assertBothAreTold(printed());
  }

  @Test
  void closing_withoutFigures_isNoFailure() {
    for (ToldView each : List.of(new ToldView("broken", true), new ToldView("whole", false))) {
      report.opened(each);
      report.closing(each);
      report.closing(each);
    }
    assertBothAreTold(printed());
  }

  @Test
  void figureEvents_ofOneThatFails_areThoseOfTheOthers() throws IOException {
    ToldView broken = new ToldView("broken", true);
    ToldView whole = new ToldView("whole", false);
    Path file = folder.resolve("figures.jfr");
    FigureEvents.opened(broken);
    FigureEvents.opened(whole);
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem.Figures");
      recording.start();
      recording.stop();
      recording.dump(file);
    } finally {
      broken.close();
      whole.close();
    }
    assertThat(RecordingFile.readAllEvents(file))
        .filteredOn(event -> event.getEventType().getName().equals("io.hakmem.Figures"))
        .extracting(event -> event.getString("allocator"))
        .contains("whole")
        .doesNotContain("broken");
  }
}
