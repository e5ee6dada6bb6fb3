package io.hakmem.bench.command.trace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hakmem trace}: what traces hold, and traces of others. */
@Command(
    name = "trace",
    description = {
      "Shows what a trace holds, and makes traces of what other tools wrote.",
      "Example: hakmem trace info program.trace"
    },
    mixinStandardHelpOptions = true,
    subcommands = {TraceInfoCommand.class, TraceImportCommand.class, TraceExportCommand.class})
public final class TraceCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
