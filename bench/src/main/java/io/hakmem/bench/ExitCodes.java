package io.hakmem.bench;

import io.hakmem.SettingsException;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One line on standard error for whatever goes wrong: 1 when it failed, 2 when it was asked wrong.
 */
final class ExitCodes implements IExecutionExceptionHandler, IParameterExceptionHandler {

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
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    say(command, oneLine(cause));
    if (isVerbose(command)) {
      cause.printStackTrace(command.getErr());
    }
    return cause instanceof SettingsException ? USAGE : FAILED;
  }

  private static boolean isVerbose(CommandLine command) {
    return command.getParseResult() != null
        && command.getParseResult().hasMatchedOption("--verbose");
  }

  private static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static void say(CommandLine command, String line) {
    PrintWriter err = command.getErr();
    err.println("hakmem: " + line);
    err.flush();
  }
}
