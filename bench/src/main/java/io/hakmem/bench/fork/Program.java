package io.hakmem.bench.fork;

import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that is waited for.
 *
 * @param name what a failure calls it
 * @param environment is added to that of this JVM
 */
public record Program(String name, List<String> command, Map<String, String> environment) {

  private static final int LAST_LINES = 5;

  /** A process that is not started yet. */
  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /**
   * Waits for its end and reads the report it wrote. It ends too when this thread is interrupted or
   * this JVM stops.
   *
   * @throws CommandFailure if it ends with another code than 0; the message has its last lines
   */
  public Report report() throws IOException, InterruptedException {
    return Json.read(output(), Report.class);
  }

  /** The same, with what it wrote as text. */
  public String output() throws IOException, InterruptedException {
    // Files, since waiting for them is over at once when this thread is interrupted.
    try (TemporaryFile out = new TemporaryFile("out");
        TemporaryFile errors = new TemporaryFile("err")) {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(out.path().toFile())
              .redirectError(errors.path().toFile());
      builder.environment().putAll(environment);
      try (Child child = new Child(builder)) {
        int code = child.waitFor();
        if (code != 0) {
          // A JVM that cannot start says why on standard output.
          String said = lastLines(errors.path());
          throw new CommandFailure(
              name
                  + " ended with "
                  + code
                  + ": "
                  + (said.isBlank() ? lastLines(out.path()) : said));
        }
      }
      return text(out.path());
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static String lastLines(Path errors) throws IOException {
    List<String> lines = text(errors).lines().toList();
    return String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** A file that is gone afterwards. */
  private record TemporaryFile(Path path) implements AutoCloseable {

    TemporaryFile(String suffix) throws IOException {
      this(Files.createTempFile(Scratch.folder(), "fork", "." + suffix));
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(path);
    }
  }
}
