package io.hakmem.bench;

/** Gates and options of whoever runs the build: they must not decide what a test sees. */
public final class OwnSettings {

  private OwnSettings() {}

  /** Leaves them out of what a JVM is started with. */
  public static ProcessBuilder leaveOutOf(ProcessBuilder builder) {
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("HAKMEM_") || name.matches("JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS"));
    return builder;
  }
}
