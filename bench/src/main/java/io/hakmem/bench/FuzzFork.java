package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.HakmemException;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.fork.Parent;
import io.hakmem.fuzz.FuzzException;
import io.hakmem.fuzz.errors.ErrorFuzz;
import io.hakmem.fuzz.errors.Scarce;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of a small Java heap, in a JVM that has one. The collector looks at all that is live for
 * each error: so nothing else is in that JVM, not even the command line.
 */
final class FuzzFork implements ErrorFuzz.OwnJvm {

  @Override
  public ErrorFuzz.Progress play(long seed, long round, @Nullable String profile)
      throws IOException, InterruptedException {
    List<String> arguments = arguments(seed, round, profile);
    String mainClass = FuzzFork.class.getName();
    try {
      String made = new Fork(mainClass, arguments, Map.of(), ErrorFuzz.JVM_OPTIONS).output();
      return new JsonMapper().readValue(made, ErrorFuzz.Progress.class);
    } catch (CommandFailure failed) {
      throw new FuzzException(String.valueOf(failed.getMessage()), failed);
    }
  }

  private static List<String> arguments(long seed, long round, @Nullable String profile) {
    List<String> arguments = new ArrayList<>(List.of(Long.toString(seed), Long.toString(round)));
    if (profile != null) {
      arguments.add(profile);
    }
    return arguments;
  }

  /** Plays one round in this JVM, and writes its progress as JSON. */
  @SuppressWarnings("SystemOut") // The program's output.
  public static void main(String[] args) throws IOException, InterruptedException {
    Parent.watch();
    String profile = args.length > 2 ? args[2] : null;
    try {
      ErrorFuzz fuzz = new ErrorFuzz(Long.parseLong(args[0]), profile, Scarce.HEAP, null);
      ErrorFuzz.Progress made = fuzz.repeat(Long.parseLong(args[1]));
      System.out.println(new JsonMapper().writeValueAsString(made));
    } catch (FuzzException | HakmemException failed) {
      System.err.println(failed.getMessage());
      System.exit(1);
    }
  }
}
