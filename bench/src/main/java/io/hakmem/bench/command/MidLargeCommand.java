package io.hakmem.bench.command;

import io.hakmem.bench.compare.Load;
import io.hakmem.bench.compare.SizeRange;
import io.hakmem.bench.load.MidLarge;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.measure.Session.Filling;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.MeasureOptions;
import io.hakmem.bench.option.ResultOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem mid-large-mt}: the standard benchmark. */
@Command(
    name = "mid-large-mt",
    description = {
      "Measures the standard benchmark, which frees or allocates in random slots.",
      "Without arguments it makes the call 1 1000000 400 1, and measures the peers beside it.",
      "Sizes are random between two environment variables, both in bytes: "
          + (Load.MIN + " (" + Load.DEFAULT_MIN_BYTES + ") and ")
          + (Load.MAX + " (" + Load.DEFAULT_MAX_BYTES + "). ")
          + "A profile whose name begins with C6_HEAVY or MIXED brings 257-768 or 16-1024.",
      "Example: hakmem mid-large-mt 1 1000000 400 1 --profile THROUGHPUT"
    },
    mixinStandardHelpOptions = true)
public final class MidLargeCommand implements Callable<Integer> {

  private static final long SECONDS_OF_PEERS = 100;
  private static final List<Integer> STANDARD = List.of(1, 1_000_000, 400, 1);

  @Mixin private ResultOptions result;

  @Mixin private MeasureOptions options;

  /** Words, so that a refusal names the variable that a user sets. */
  @Option(
      names = "--min-size",
      paramLabel = Load.MIN,
      hidden = true,
      defaultValue = "${env:" + Load.MIN + ":-}")
  private String minSize;

  @Option(
      names = "--max-size",
      paramLabel = Load.MAX,
      hidden = true,
      defaultValue = "${env:" + Load.MAX + ":-}")
  private String maxSize;

  /** Words, since picocli takes one that is no number for the end of a list of numbers. */
  @Parameters(
      paramLabel = "<threads> <ops> <ws> <seed>",
      arity = "0..4",
      description = "Threads, steps of each, slots of each, and the seed.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    boolean comparing = words.isEmpty() || options.isPeers();
    options.check(comparing, result);
    checkSizes();
    List<Integer> arguments = arguments();
    if (comparing) {
      compare(arguments);
    } else {
      options.measure(load(arguments), Measure.SPEED, Filling.NONE, result);
    }
    return 0;
  }

  private List<Integer> arguments() {
    if (words.isEmpty()) {
      return STANDARD;
    }
    if (words.size() != STANDARD.size()) {
      throw result.wrong("expected 4 arguments <threads> <ops> <ws> <seed>, got " + words.size());
    }
    return List.of(
        number("threads", words.get(0), 1, CallOptions.MAX_THREADS),
        number("ops", words.get(1), 1, CallOptions.MAX_COUNT),
        number("ws", words.get(2), 1, CallOptions.MAX_COUNT),
        number("seed", words.get(3), Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  private int number(String name, String word, int min, int max) {
    try {
      int value = Integer.parseInt(word);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw result.wrong(name + "=" + word + " must be in [" + min + ", " + max + "]");
  }

  private void checkSizes() {
    if (minBytes() > maxBytes()) {
      throw result.wrong(Load.MIN + "=" + minBytes() + " is above " + Load.MAX + "=" + maxBytes());
    }
  }

  private int minBytes() {
    return minSize.isEmpty() ? sizes().min() : number(Load.MIN, minSize, 1, CallOptions.MAX_COUNT);
  }

  private int maxBytes() {
    return maxSize.isEmpty() ? sizes().max() : number(Load.MAX, maxSize, 1, CallOptions.MAX_COUNT);
  }

  private SizeRange sizes() {
    return SizeRange.of(options.subject().isHakmem() ? options.gates().effectiveProfile() : "");
  }

  private MidLarge load(List<Integer> a) {
    return new MidLarge(a.get(0), a.get(1), a.get(2), a.get(3), minBytes(), maxBytes());
  }

  private void compare(List<Integer> arguments) throws IOException, InterruptedException {
    PeerComparison peers = new PeerComparison(options);
    int min = minBytes();
    int max = maxBytes();
    if (!words.isEmpty() || min != Load.DEFAULT_MIN_BYTES || max != Load.DEFAULT_MAX_BYTES) {
      compare(peers, "mid-large-mt", arguments, min, max, SECONDS_OF_PEERS);
    } else {
      compare(peers, "C6-heavy", arguments, 257, 768, SECONDS_OF_PEERS / 2);
      compare(peers, "mid/large", arguments, min, max, SECONDS_OF_PEERS / 2);
    }
    peers.print(result);
  }

  private static void compare(
      PeerComparison peers, String name, List<Integer> arguments, int min, int max, long seconds)
      throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of("mid-large-mt"));
    arguments.forEach(number -> call.add(number.toString()));
    String title =
        "%s, %d-%d bytes: %s (M ops/s)".formatted(name, min, max, String.join(" ", call));
    call.addAll(List.of("--min-size", Integer.toString(min), "--max-size", Integer.toString(max)));
    peers.run(title, seconds, call);
  }
}
