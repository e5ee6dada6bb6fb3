package io.hakmem.bench.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.workload.Rounds.Turn;
import io.hakmem.bench.workload.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * A driver that stays. It sleeps between its turns, and ends with the pipe to it, which this JVM
 * does not outlive.
 */
public final class DriverTurns implements AutoCloseable {

  private final JsonMapper mapper = new JsonMapper();
  private final Process process;
  private final PrintWriter toDriver;
  private final BufferedReader fromDriver;
  private final String version;
  private final Tally calls;

  /** The driver makes its first round, which is the cold one. */
  DriverTurns(Process process) throws IOException {
    this.process = process;
    toDriver = new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true);
    fromDriver = process.inputReader(StandardCharsets.US_ASCII);
    try {
      JsonNode opened = answer();
      version = opened.path("version").asText();
      calls = new Tally(opened.path("allocs").asLong(), opened.path("frees").asLong());
    } catch (IOException | CommandFailure e) {
      close();
      throw e;
    }
  }

  /** What the allocator says of itself; may be empty. */
  public String version() {
    return version;
  }

  /** The calls of a round. */
  public Tally calls() {
    return calls;
  }

  /**
   * Makes whole rounds until the time is over, at least one.
   *
   * @throws CommandFailure if the driver ended
   */
  public Turn turn(long turnNs) throws IOException {
    toDriver.println(turnNs);
    JsonNode turn = answer();
    return new Turn(turn.path("rounds").asLong(), turn.path("ns").asLong());
  }

  private JsonNode answer() throws IOException {
    String line = fromDriver.readLine();
    if (line == null) {
      String last = process.errorReader().lines().reduce("", (_, next) -> next);
      throw new CommandFailure("the driver ended: " + last);
    }
    return mapper.readTree(line);
  }

  @Override
  public void close() {
    toDriver.close();
    process.destroyForcibly();
  }
}
