package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.fuzz.FuzzException;
import io.hakmem.fuzz.errors.ErrorFuzz;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rounds of a small Java heap: {@code hakmem fuzz} itself, in a JVM that has one. */
final class FuzzFork implements ErrorFuzz.OwnJvm {

  /** The option of the command that plays such a round in this JVM. */
  static final String HERE = "--in-this-jvm";

  @Override
  public ErrorFuzz.Progress play(long seed, long round, @Nullable String profile)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("fuzz", "--errors", HERE, "--json", "--seed=" + seed, "--round=" + round));
    if (profile != null) {
      arguments.add("--profile=" + profile);
    }
    try {
      String made = new Fork(arguments, Map.of(), ErrorFuzz.JVM_OPTIONS).output();
      return new JsonMapper().readValue(made, ErrorFuzz.Progress.class);
    } catch (CommandFailure failed) {
      throw new FuzzException(String.valueOf(failed.getMessage()), failed);
    }
  }
}
