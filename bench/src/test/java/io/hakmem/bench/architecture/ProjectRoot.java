package io.hakmem.bench.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the documents and the sources of all modules are. */
final class ProjectRoot {

  private static final String DOCUMENT = "docs/architecture.md";

  private ProjectRoot() {}

  /** The folder above the module's base directory that holds the architecture document. */
  static Path find() {
    Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(DOCUMENT))) {
        return at;
      }
    }
    throw new IllegalStateException("no folder above %s holds %s".formatted(start, DOCUMENT));
  }

  static Path document() {
    return find().resolve(DOCUMENT);
  }

  /** Every source that someone wrote: generated ones lie below {@code target}. */
  static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(find())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !find().relativize(file).toString().matches("(.*/)?target/.*"))
          .sorted()
          .toList();
    }
  }
}
