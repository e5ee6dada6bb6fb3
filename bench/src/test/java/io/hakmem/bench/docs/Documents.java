package io.hakmem.bench.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's documents. */
final class Documents {

  private Documents() {}

  static String read(String name) throws IOException {
    return Files.readString(path(name), StandardCharsets.UTF_8);
  }

  /** Surefire starts tests in the folder of their module. */
  static Path path(String name) {
    return Path.of("").toAbsolutePath().resolveSibling("docs").resolve(name);
  }
}
