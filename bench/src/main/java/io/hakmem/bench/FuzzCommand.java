package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.fuzz.Fuzz;
import io.hakmem.fuzz.errors.ErrorFuzz;
import io.hakmem.fuzz.errors.Scarce;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem fuzz}: random calls against a model. */
@Command(
    name = "fuzz",
    description = {
      "Makes random calls, valid ones and garbage, and compares with a model.",
      "It tries all profiles, each value that gates declare, and threads of all kinds. A "
          + "failure names the seed and the round that repeat it.",
      "With --errors calls are cut off: by the end of the stack, of the Java heap, and by "
          + "errors of the page source and of a box.",
      "Example: hakmem fuzz --operations 100000 --threads 2"
    },
    mixinStandardHelpOptions = true)
final class FuzzCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Option(names = "--minutes", paramLabel = "M", description = "How long (1).")
  private @Nullable Double minutes;

  @Option(
      names = "--operations",
      paramLabel = "N",
      description = "How many calls, in place of a time.")
  private @Nullable Long operations;

  @Option(names = "--seed", paramLabel = "S", description = "What decides all (a random one).")
  private @Nullable Long seed;

  @Option(names = "--profile", paramLabel = "NAME", description = "The only one (all).")
  private @Nullable String profile;

  @Option(names = "--round", paramLabel = "R", description = "Repeats this round only.")
  private @Nullable Long round;

  @Option(names = "--errors", description = "Lets errors of the JVM cut calls off.")
  private boolean errors;

  @Option(
      names = "--scarce",
      paramLabel = "WHAT",
      description = "With --errors the only kind of rounds (all): ${COMPLETION-CANDIDATES}.")
  private @Nullable Scarce scarce;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a round; 1 makes all rounds repeatable (the processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws Exception {
    check();
    long chosen = seed == null ? ThreadLocalRandom.current().nextLong() : seed;
    PrintWriter out = result.out();
    if (errors) {
      cutOff(chosen, out);
    } else {
      play(chosen, out);
    }
    out.flush();
    return 0;
  }

  private void play(long chosen, PrintWriter out) throws Exception {
    Fuzz fuzz = new Fuzz(chosen, threads, profile);
    Fuzz.Progress made =
        round == null
            ? fuzz.run(mostOperations(), mostNs(), now -> Progress.show(text(now)))
            : fuzz.repeat(round);
    Progress.clear();
    if (result.isJson()) {
      out.println(new JsonMapper().writeValueAsString(made));
    } else {
      out.println("no fault: " + text(made));
      made.refusals().forEach(refusal -> out.println("refused: " + refusal));
    }
  }

  private void cutOff(long chosen, PrintWriter out) throws Exception {
    ErrorFuzz fuzz = new ErrorFuzz(chosen, profile, scarce, new FuzzFork());
    ErrorFuzz.Progress made =
        round == null
            ? fuzz.run(mostOperations(), mostNs(), now -> Progress.show(text(now)))
            : fuzz.repeat(round);
    Progress.clear();
    out.println(
        result.isJson() ? new JsonMapper().writeValueAsString(made) : "no fault: " + text(made));
  }

  private long mostOperations() {
    return operations == null ? Long.MAX_VALUE : operations;
  }

  private long mostNs() {
    if (minutes == null && operations != null) {
      return Long.MAX_VALUE;
    }
    return (long) ((minutes == null ? 1 : minutes) * TimeUnit.MINUTES.toNanos(1));
  }

  private void check() {
    if (minutes != null && !(minutes > 0)) {
      throw result.wrong("--minutes=" + minutes + " must be above 0");
    }
    if (operations != null && operations < 1) {
      throw result.wrong("--operations=" + operations + " must be at least 1");
    }
    if (scarce != null && !errors) {
      throw result.wrong("--scarce must stand with --errors");
    }
    result.check("--threads", threads, 1, CallOptions.MAX_THREADS);
  }

  private static String text(Fuzz.Progress now) {
    return ("seed %d, %d rounds, of which %d had gates that exclude each other, %,d operations,"
            + " %,d refused frees, %,.0f a second, %.0f s")
        .formatted(
            now.seed(),
            now.rounds(),
            now.refusedCompositions(),
            now.operations(),
            now.refusedFrees(),
            now.operationsPerSecond(),
            now.seconds());
  }

  private static String text(ErrorFuzz.Progress now) {
    return ("seed %d, %d rounds, of which %d had gates that exclude each other, %,d operations,"
            + " cut off: %,d by the end of the stack, %,d by that of the Java heap, %,d by an"
            + " error in place of a Java object, %,d by the page source, %,d by a box; %.0f s")
        .formatted(
            now.seed(),
            now.rounds(),
            now.refusedCompositions(),
            now.operations(),
            now.cutAtStackEnd(),
            now.cutAtHeapEnd(),
            now.cutAtObject(),
            now.thrownBySource(),
            now.thrownByBox(),
            now.seconds());
  }
}
