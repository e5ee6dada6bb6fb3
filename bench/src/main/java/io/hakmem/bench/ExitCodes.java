package io.hakmem.bench;

import io.hakmem.SettingsException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One line on standard error for whatever goes wrong. The code is 2 for a call that the command
 * line or a gate refuses, 1 for a file's contents and for work that fails.
 */
public final class ExitCodes implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(command, oneLine(e) + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
    return USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    Throwable cause = causeOf(e);
    if (StandardOutput.isClosedPipe(cause)) {
      return FAILED;
    }
    say(command, oneLine(cause));
    if (isVerbose(command)) {
      cause.printStackTrace(command.getErr());
    }
    return cause instanceof SettingsException ? USAGE : FAILED;
  }

  /** Leaves out what says only that something else went wrong. */
  private static Throwable causeOf(Throwable e) {
    boolean wraps =
        e instanceof ExecutionException
            || e instanceof CommandLine.ExecutionException
            || e instanceof ExceptionInInitializerError;
    return wraps && e.getCause() != null ? causeOf(e.getCause()) : e;
  }

  private static boolean isVerbose(CommandLine command) {
    return command.getParseResult() != null
        && command.getParseResult().hasMatchedOption("--verbose");
  }

  private static String oneLine(Throwable e) {
    String message =
        switch (e) {
          case NoSuchFileException missing -> missing.getFile() + ": no such file";
          case AccessDeniedException denied -> denied.getFile() + ": permission denied";
          // The compiler has seen that the classes of one build fit each other.
          case IncompatibleClassChangeError _, NoClassDefFoundError _ ->
              "the loads of this build do not run on the allocator that is on the path: " + e;
          // The text of an error, such as "Java heap space", is no sentence without its type.
          default -> e.getMessage() == null || e instanceof Error ? e.toString() : e.getMessage();
        };
    // The words of another process may end in zeros, as /proc has them.
    return message.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cntrl}", " ");
  }

  private static void say(CommandLine command, String line) {
    PrintWriter err = command.getErr();
    err.println("hakmem: " + line);
    err.flush();
  }
}
