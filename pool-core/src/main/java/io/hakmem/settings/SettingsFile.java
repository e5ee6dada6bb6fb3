package io.hakmem.settings;

import io.hakmem.SettingsException;
import io.hakmem.gate.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Reads the properties file that {@link CoreGates#CONFIG} names. */
final class SettingsFile {

  private SettingsFile() {}

  /** The file's entries, read as UTF-8; none if the path is empty. */
  static Map<String, String> read(Settings.Entry<String> path) {
    if (path.value().isEmpty()) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(path.value()))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          "%s=%s, set by %s, must be a readable properties file in UTF-8 (%s)"
              .formatted(path.gate(), path.value(), path.source(), e),
          e);
    }
    return Inputs.texts(properties);
  }
}
