package io.hakmem.bench.tune;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.fork.Scratch;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.option.TraceOptions;
import io.hakmem.bench.option.WrittenFile;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.TraceException;
import io.hakmem.bench.trace.TraceReader;
import io.hakmem.bench.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem tune}: the gates that suit what a program does. */
@Command(
    name = "tune",
    description = {
      "Searches the profile and the gates that suit traces best.",
      "It writes them into a file for HAKMEM_CONFIG. What the base promises stays: how "
          + "blocks are cleared, what is checked.",
      "A part of each trace is held back, and what is recommended has proved itself there. "
          + "Where nothing is better than the base beyond the noise, or the rounds are too few "
          + "to tell, the base is recommended.",
      "Example: hakmem tune --trace program.trace --objective both --budget 10m"
    },
    mixinStandardHelpOptions = true)
public final class TuneCommand implements Callable<Integer> {

  private static final int LEAST_EVENTS = 1000;
  private static final int MOST_EVENTS = 1_000_000;

  /** The part of a trace that is searched on. */
  private static final double SEARCHED = 0.7;

  private static final long MOST_SECONDS = 86_400;

  @Mixin private PageOptions result;

  @Option(
      names = "--trace",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "A trace; repeat for more.")
  private List<Path> files;

  @Option(
      names = "--objective",
      paramLabel = "WHAT",
      defaultValue = "both",
      description = {
        "speed, memory, or both: better in one and not worse",
        "beyond the noise in the other (${DEFAULT-VALUE})."
      })
  private String objective;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "How long to search, in seconds or minutes: 90s, 10m (${DEFAULT-VALUE}).")
  private String budget;

  @Option(
      names = "--base",
      paramLabel = "CONFIGURATION",
      defaultValue = "THROUGHPUT",
      description = "A profile, gates or both that all is compared with (${DEFAULT-VALUE}).")
  private String base;

  @Option(
      names = "--threads",
      paramLabel = "1|recorded",
      defaultValue = "1",
      description = "The threads of the replays (${DEFAULT-VALUE}).")
  private String threads;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      defaultValue = "hakmem-tuned.properties",
      description = "The file for HAKMEM_CONFIG (${DEFAULT-VALUE}).")
  private Path to;

  /** Ends the warm-up of a fork, and then what is measured. */
  @Option(names = "--budget-ms", hidden = true, defaultValue = "300")
  private int budgetMs;

  /** What a fork replays. */
  private record Parts(Path searched, Path heldBack) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Objective wanted = result.ofOption(() -> Objective.of(objective));
    long budgetNs = budgetNs();
    if (!List.of("1", "recorded").contains(threads)) {
      throw result.wrong("--threads=" + threads + " must be 1 or recorded");
    }
    Configuration compared = Configuration.parse("--base", base);
    SubjectKind.check(compared.profile(), compared.gates());
    List<Parts> parts = new ArrayList<>();
    FittedClasses fitted = new FittedClasses();
    for (Path file : files) {
      parts.add(split(file, parts.size(), fitted));
    }
    result.checkWritable("--to", to, files.toArray(Path[]::new));
    result.checkPage();
    Tuner tuner = new Tuner(wanted, compared, parts.size(), System::nanoTime, Progress::show);
    TuneResult found =
        tuner.run(
            Candidates.around(compared, fitted),
            budgetNs,
            (configuration, trace, heldBack) ->
                fork(
                    configuration,
                    heldBack ? parts.get(trace).heldBack : parts.get(trace).searched));
    Progress.clear();
    try {
      result.print(
          found, out -> TuneText.print(found, out), () -> TunePage.of(found, result.provenance()));
    } finally {
      WrittenFile.write("--to", to, file -> Files.write(file, TuneText.properties(found)));
    }
    result.say("HAKMEM_CONFIG=" + to);
    return 0;
  }

  private long budgetNs() {
    try {
      long number = Long.parseLong(budget.substring(0, budget.length() - 1));
      long seconds = budget.endsWith("m") ? TimeUnit.MINUTES.toSeconds(number) : number;
      boolean hasUnit = budget.endsWith("m") || budget.endsWith("s");
      if (hasUnit && seconds >= 1 && seconds <= MOST_SECONDS) {
        return TimeUnit.SECONDS.toNanos(seconds);
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      // Said below, as for a time out of range.
    }
    throw result.wrong("--budget=" + budget + " must be from 1s to 24h, such as 90s or 10m");
  }

  private Parts split(Path file, int number, FittedClasses fitted) throws IOException {
    Events events = TraceReader.read(file);
    TraceOptions.warn(events, file, result);
    if (events.size() < LEAST_EVENTS) {
      throw new TraceException(
          "%s: events=%d must be at least %d, so that a part can be held back"
              .formatted(file, events.size(), LEAST_EVENTS));
    }
    int cut = (int) (events.size() * SEARCHED);
    Path searched = Scratch.folder().resolve("searched-" + number + ".txt");
    Path heldBack = Scratch.folder().resolve("held-back-" + number + ".txt");
    Events known = events.part(0, Math.min(cut, MOST_EVENTS));
    fitted.add(known);
    TraceWriter.write(known, searched);
    int end = Math.min(events.size(), cut + MOST_EVENTS);
    TraceWriter.write(events.part(cut, end), heldBack);
    return new Parts(searched, heldBack);
  }

  private Report fork(Configuration configuration, Path trace)
      throws IOException, InterruptedException {
    List<String> call =
        new ArrayList<>(List.of("replay", trace.toString(), "--threads=" + threads));
    call.addAll(List.of("--budget-ms=" + budgetMs, "--json"));
    call.addAll(configuration.options());
    return new Fork(call, Map.of()).run();
  }
}
