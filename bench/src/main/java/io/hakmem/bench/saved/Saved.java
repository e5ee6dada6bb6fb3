package io.hakmem.bench.saved;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.option.ReadFile;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.result.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A result that was opened again.
 *
 * @param result of the type of its kind
 */
record Saved(Path file, Kind kind, Provenance from, Object result) {

  /**
   * Opens a file.
   *
   * @throws CommandFailure if it cannot be read or holds no result
   */
  static Saved open(Path file) {
    String text = ReadFile.text(file);
    try {
      JsonNode fields = Json.read(text, JsonNode.class);
      Optional<Kind> kind = fields == null ? Optional.empty() : Kind.of(fields);
      if (kind.isEmpty()) {
        throw new CommandFailure(file + " is no result that can be opened; those of " + kinds());
      }
      Object result = Json.read(text, kind.get().type());
      return new Saved(file, kind.get(), Json.read(text, Provenance.class), result);
    } catch (JsonProcessingException e) {
      throw new CommandFailure(file + " is no result: " + e.getOriginalMessage());
    }
  }

  private static String kinds() {
    return Stream.of(Kind.values()).map(Kind::toString).collect(Collectors.joining(", "))
        + " can, if they were written with --json";
  }

  /** What was run; only results of the same can be compared. */
  String workload() {
    return Figures.workload(result);
  }

  List<Figure> figures() {
    return Figures.of(result);
  }

  /** When and of which commit, in a few words. */
  String when() {
    Machine machine = from.machine();
    return machine == null
        ? file.toString()
        : machine.date().replace('T', ' ') + ", " + machine.commit();
  }

  /** The processor and the JVM, on which absolute figures depend. */
  @Nullable String where() {
    Machine machine = from.machine();
    return machine == null
        ? null
        : machine.cpu() + ", " + machine.cores() + " cores, " + machine.jdk();
  }
}
