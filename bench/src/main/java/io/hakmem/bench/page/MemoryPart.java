package io.hakmem.bench.page;

import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.result.MemorySample;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Memory over time, as a chart and as a table. */
public final class MemoryPart {

  private static final double MIB = 1 << 20;

  /** A line for each sample. */
  public static final Table<MemorySample> TABLE =
      Table.of(
          "",
          List.of(
              Column.figure("%s", "event", 0, MemorySample::event),
              Column.figure("%s", "seconds", 3, MemorySample::seconds),
              Column.figure("%s", "resident MiB", 1, sample -> mib(sample.residentBytes())),
              Column.figure("%s", "committed MiB", 1, sample -> mib(sample.committedBytes())),
              Column.figure("%s", "live MiB", 1, sample -> mib(sample.liveBytes()))));

  private MemoryPart() {}

  /** What one program held: resident, committed and live, as far as they are known. */
  public static Chart chart(String title, List<MemorySample> samples) {
    List<Line> lines = new ArrayList<>();
    lines.add(line("resident", Family.HAKMEM, samples, MemorySample::residentBytes));
    lines.add(line("committed", Family.NATIVE, samples, MemorySample::committedBytes));
    lines.add(line("live", Family.JVM, samples, MemorySample::liveBytes));
    lines.removeIf(line -> line.points().isEmpty());
    boolean isTrace = samples.stream().allMatch(sample -> sample.event() != null);
    return new Chart.Lines(title, isTrace ? "events" : "seconds", "MiB", lines, List.of());
  }

  /** What was resident, as one line among those of others. */
  public static Line resident(String name, Family family, List<MemorySample> samples) {
    return line(name, family, samples, MemorySample::residentBytes);
  }

  private static Line line(
      String name,
      Family family,
      List<MemorySample> samples,
      Function<MemorySample, @Nullable Long> bytes) {
    return new Line(
        name,
        family,
        samples.stream()
            .filter(sample -> bytes.apply(sample) != null)
            .map(
                sample ->
                    Line.Point.of(place(sample), Objects.requireNonNull(mib(bytes.apply(sample)))))
            .toList());
  }

  private static double place(MemorySample sample) {
    Long event = sample.event();
    return event == null ? sample.seconds() : event;
  }

  private static @Nullable Double mib(@Nullable Long bytes) {
    return bytes == null ? null : bytes / MIB;
  }
}
