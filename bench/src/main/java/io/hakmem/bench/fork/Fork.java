package io.hakmem.bench.fork;

import io.hakmem.bench.result.Machine;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a measuring command in a JVM of its own and reads what it reports.
 *
 * @param mainClass of the module {@code io.hakmem.bench}
 * @param environment is added to that of this JVM
 * @param jvmOptions are added to those of every fork
 * @param path its module path or class path, or null for that of this JVM
 */
public record Fork(
    String mainClass,
    List<String> arguments,
    Map<String, String> environment,
    List<String> jvmOptions,
    @Nullable String path) {

  /** By its name, since the commands depend on this package. */
  private static final String COMMAND = "io.hakmem.bench.HakmemCommand";

  /** Runs the command with these arguments. */
  public Fork(List<String> arguments) {
    this(arguments, Map.of());
  }

  /** The environment is added to that of this JVM. */
  public Fork(List<String> arguments, Map<String, String> environment) {
    this(arguments, environment, List.of());
  }

  /** The command with options of the JVM. */
  public Fork(List<String> arguments, Map<String, String> environment, List<String> jvmOptions) {
    this(COMMAND, arguments, environment, jvmOptions);
  }

  /** Any program of the module. */
  public Fork(
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      List<String> jvmOptions) {
    this(mainClass, arguments, environment, jvmOptions, null);
  }

  /** The same on another path, where it is not null. */
  public Fork on(@Nullable String other) {
    return new Fork(mainClass, arguments, environment, jvmOptions, other);
  }

  /** A JVM that is not started yet. */
  public Fork {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * Waits for the JVM's end. It ends too when this thread is interrupted or this JVM stops.
   *
   * @throws CommandFailure if it ends with another code than 0; the message has its last lines
   */
  public Report run() throws IOException, InterruptedException {
    return program().report();
  }

  /** The same for a command that reports something else: what it writes, as text. */
  public String output() throws IOException, InterruptedException {
    return program().output();
  }

  private Program program() throws IOException {
    return new Program("a fork", command(), environment);
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(optionsOfAll());
    command.addAll(jvmOptions);
    command.add(Parent.option());
    command.add("-Djava.io.tmpdir=" + Scratch.folder());
    command.addAll(BoxPath.call(mainClass, path));
    command.addAll(arguments);
    return command;
  }

  /** The options of the JVM that {@code HAKMEM_JAVA_OPTS} asks for. */
  public static List<String> optionsOfAll() {
    String options = Machine.jvmOptionsOfForks();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+", -1));
  }
}
