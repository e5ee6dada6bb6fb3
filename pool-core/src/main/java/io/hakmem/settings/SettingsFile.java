package io.hakmem.settings;

import io.hakmem.SettingsException;
import io.hakmem.gate.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Reads the properties file that {@link CoreGates#CONFIG} names. */
final class SettingsFile {

  private static final int MOST_BYTES = 1 << 20;

  private SettingsFile() {}

  /** The file's entries, read as UTF-8; none if the path is empty. */
  static Map<String, String> read(Settings.Entry<String> path) {
    if (path.value().isEmpty()) {
      return Map.of();
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(Path.of(path.value()))));
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          "%s=%s, set by %s, must be a readable properties file in UTF-8 (%s)"
              .formatted(path.gate(), path.value(), path.source(), e),
          e);
    }
    return Inputs.texts(properties);
  }

  /** A pipe or a device may never end, and reading one may wait for ever. */
  private static String text(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("it is no regular file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new IOException("it is larger than %d bytes".formatted(MOST_BYTES));
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
