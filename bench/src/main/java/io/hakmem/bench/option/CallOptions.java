package io.hakmem.bench.option;

import io.hakmem.bench.trace.TraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What calls have in common: where they write, and how they are refused. */
public class CallOptions {

  public static final int MAX_THREADS = 1024;
  public static final int MAX_ROUNDS = 10_000;
  public static final int MAX_BUDGET_MS = 3_600_000;
  public static final int MAX_COUNT = 1 << 30;

  /** A word that a shell leaves as it is. */
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Asked for by the launcher, by its name. */
  @Option(
      names = "--verbose",
      description = "Say all: the stack trace of a failure, what JMH does.")
  private boolean verbose;

  public boolean isVerbose() {
    return verbose;
  }

  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  public PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Refuses an option's value out of its range; null is no value. */
  public void check(String option, @Nullable Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw wrong(option + "=" + value + " must be in [" + min + ", " + max + "]");
    }
  }

  /** Makes a choice, or refuses the call with the reason for which the choice is refused. */
  public <T> T accepted(Supplier<T> choice) {
    return accepted("", choice);
  }

  /** The same for a reason that begins with the name of an option. */
  public <T> T ofOption(Supplier<T> choice) {
    return accepted("--", choice);
  }

  private <T> T accepted(String before, Supplier<T> choice) {
    try {
      return choice.get();
    } catch (TraceException e) {
      throw e; // The file's contents, not the call.
    } catch (IllegalArgumentException e) {
      throw wrong(before + e.getMessage());
    }
  }

  /**
   * Refuses a file that cannot be written before anything is measured, if there is to be one: an
   * hour of measuring must not end in such a file. What is in the file stays, and none is made.
   *
   * @param read the files that the call reads, none of which may be written
   */
  public void checkWritable(String option, @Nullable Path file, Path... read) {
    if (file == null) {
      return;
    }
    try {
      for (Path source : read) {
        if (Files.exists(file) && Files.isSameFile(file, source)) {
          throw wrong(option + "=" + file + " is a file that this call reads");
        }
      }
      boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE).close();
      if (isNew) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw unwritable(option, file, e);
    }
  }

  /** The refusal of a file that cannot be written. */
  public ParameterException unwritable(String option, Path file, IOException e) {
    return wrong(WrittenFile.refusal(option, file, e));
  }

  /** The name of the command. */
  final String kind() {
    return spec.name();
  }

  /** The call without the start script, as one types it into a shell. */
  final String words() {
    return arguments().stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : '"' + word + '"')
        .collect(Collectors.joining(" "));
  }

  /** The call without the start script, word by word. */
  final List<String> arguments() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }

  public ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
