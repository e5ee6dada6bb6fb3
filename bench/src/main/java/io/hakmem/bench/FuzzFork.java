package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.fuzz.FuzzException;
import io.hakmem.fuzz.errors.ErrorFuzz;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rounds of a small Java heap, in a JVM that has one. */
final class FuzzFork implements ErrorFuzz.OwnJvm {

  @Override
  public ErrorFuzz.Progress play(long seed, long round, @Nullable String profile)
      throws IOException, InterruptedException {
    List<String> arguments = HeapRound.arguments(seed, round, profile);
    String mainClass = HeapRound.class.getName();
    try {
      String made = new Fork(mainClass, arguments, Map.of(), ErrorFuzz.JVM_OPTIONS).output();
      return new JsonMapper().readValue(made, ErrorFuzz.Progress.class);
    } catch (CommandFailure failed) {
      throw new FuzzException(String.valueOf(failed.getMessage()), failed);
    }
  }
}
