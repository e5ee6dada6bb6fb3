package io.hakmem.bench.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hakmem.bench.OwnSettings;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs {@link ComposeAndFree} in a JVM of its own, on the JDK of the test. */
final class ChildJvm {

  private static final long LONGEST_RUN_SECONDS = 120;

  private final Path output;
  private final List<String> options = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final List<Path> modulePath = new ArrayList<>();

  /** What the JVM left behind. */
  record Ended(int exitCode, String out, String err) {}

  /** A JVM whose output is kept in the folder. */
  ChildJvm(Path output) {
    this.output = output;
    classPath.add(locationOf(ComposeAndFree.class.getName()));
  }

  ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  /** Puts the artifacts on the module path, and the core among the modules that start. */
  ChildJvm modules(Path... artifacts) {
    modulePath.addAll(List.of(artifacts));
    return option("--add-modules=io.hakmem.core");
  }

  ChildJvm classes(Path... artifacts) {
    classPath.addAll(List.of(artifacts));
    return this;
  }

  /**
   * The jar or folder of classes that this JVM has the class from: a jar after {@code package}, a
   * folder after {@code test}.
   */
  static Path locationOf(String className) {
    try {
      Class<?> type = Class.forName(className, false, ChildJvm.class.getClassLoader());
      Path location = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.exists(location)) {
        throw new IllegalStateException(
            "%s comes from %s, which is absent".formatted(className, location));
      }
      return location;
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException(
          "%s is in no built artifact: run 'mvn verify' or 'mvn test' from the root"
              .formatted(className),
          e);
    }
  }

  Ended run() throws IOException, InterruptedException {
    Path out = output.resolve("out");
    Path err = output.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command()).redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = OwnSettings.leaveOutOf(builder).start();
    if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "no end after %d s: %s".formatted(LONGEST_RUN_SECONDS, command()));
    }
    return new Ended(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(options);
    if (!modulePath.isEmpty()) {
      command.addAll(List.of("--module-path", joined(modulePath)));
    }
    command.addAll(List.of("--class-path", joined(classPath), ComposeAndFree.class.getName()));
    return command;
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
