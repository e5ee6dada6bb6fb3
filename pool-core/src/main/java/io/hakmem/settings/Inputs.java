package io.hakmem.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Everything the resolver reads, as it was at one moment.
 *
 * @param environment all environment variables; those without {@code HAKMEM_} are ignored
 * @param properties all system properties; those without {@code hakmem.} are ignored
 * @param builder what the program set, by either spelling; every entry must be a gate
 */
public record Inputs(
    Map<String, String> environment, Map<String, String> properties, Map<String, String> builder) {

  /** Copies all three. */
  public Inputs {
    environment = new LinkedHashMap<>(environment);
    properties = new LinkedHashMap<>(properties);
    builder = new LinkedHashMap<>(builder);
  }

  /** The environment and the system properties of this process, read now. */
  public static Inputs ofProcess(Map<String, String> builder) {
    return new Inputs(System.getenv(), texts(System.getProperties()), builder);
  }

  static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : properties.stringPropertyNames()) {
      texts.put(name, properties.getProperty(name, ""));
    }
    return texts;
  }
}
