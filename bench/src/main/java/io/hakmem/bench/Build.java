package io.hakmem.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What Maven wrote down while it built this: its version, and those of what it uses. */
final class Build {

  private Build() {}

  static String version() throws IOException {
    return Objects.requireNonNull(properties().get("version"), "version");
  }

  static Map<String, String> properties() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      build.load(Objects.requireNonNull(in, "build.properties"));
    }
    return build.stringPropertyNames().stream()
        .collect(Collectors.toMap(Function.identity(), build::getProperty));
  }
}
