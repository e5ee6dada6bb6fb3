package io.hakmem.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What calls have in common: where they write, and how they are refused. */
class CallOptions {

  static final int MAX_THREADS = 1024;
  static final int MAX_ROUNDS = 10_000;
  static final int MAX_BUDGET_MS = 3_600_000;
  static final int MAX_COUNT = 1 << 30;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Asked for by {@link ExitCodes}, by its name. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  private boolean verbose;

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Refuses an option's value out of its range; null is no value. */
  void check(String option, @Nullable Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw wrong(option + "=" + value + " must be in [" + min + ", " + max + "]");
    }
  }

  /** Refuses what a choice refuses with a message that begins with the option's name. */
  <T> T checked(Callable<T> choice) throws Exception {
    try {
      return choice.call();
    } catch (IllegalArgumentException e) {
      throw e.getClass() == IllegalArgumentException.class ? wrong("--" + e.getMessage()) : e;
    }
  }

  /** The refusal of a file that cannot be written. */
  ParameterException unwritable(String option, Path file, Exception e) {
    return wrong(option + "=" + file + " cannot be written: " + e);
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
