package io.hakmem.bench.newbox;

import io.hakmem.bench.fork.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** The artifacts that a box of others is built against, in the local Maven repository. */
public final class LocalRepository {

  /**
   * What {@code package} leaves out, as the check of the format, is no matter of an installation.
   */
  private static final List<String> INSTALL =
      List.of(
          "mvn",
          "-B",
          "-q",
          "-Dmaven.test.skip=true",
          "-pl",
          ":pool-core,:box-tck,:box-jmh",
          "-am",
          "package",
          "org.apache.maven.plugins:maven-install-plugin:install");

  private LocalRepository() {}

  /**
   * Installs them as they are in a checkout now.
   *
   * @param checkout its folder
   * @param log what Maven says
   * @throws CommandFailure if Maven is not there or fails
   */
  public static void install(Path checkout, PrintWriter log)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(INSTALL).directory(checkout.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    Process maven = start(builder);
    try (BufferedReader lines = maven.inputReader()) {
      lines.lines().forEach(log::println);
    }
    log.flush();
    if (maven.waitFor() != 0) {
      throw new CommandFailure("installing io.hakmem into the local Maven repository failed");
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandFailure(
          "Apache Maven 3.8 or later is needed to install io.hakmem, and 'mvn' is not on the PATH",
          e);
    }
  }
}
