package io.hakmem.bench;

import io.hakmem.bench.peer.SubjectKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The {@code hakmem} command. */
@Command(
    name = "hakmem",
    description = "Measures and explains native memory allocation on the JVM.",
    mixinStandardHelpOptions = true,
    versionProvider = HakmemCommand.BuildVersion.class,
    subcommands = {
      MidLargeCommand.class,
      ReplayCommand.class,
      MeasureCommand.class,
      PeersCommand.class,
      AbCommand.class,
      TurnsCommand.class,
      ReproduceCommand.class,
      RecommendCommand.class,
      JmhCommand.class,
      TopCommand.class,
      ComposeCommand.class,
      GatesCommand.class,
      FuzzCommand.class,
      SoakCommand.class
    })
public final class HakmemCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Ends the JVM with picocli's exit code: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    ExitCodes exitCodes = new ExitCodes();
    return new CommandLine(new HakmemCommand())
        .registerConverter(SubjectKind.class, HakmemCommand::subject)
        .setExecutionStrategy(HakmemCommand::execute)
        .setParameterExceptionHandler(exitCodes)
        .setExecutionExceptionHandler(exitCodes);
  }

  /** Picocli hands no errors to its handlers, but a call may ask for more than the heap holds. */
  private static int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (OutOfMemoryError e) {
      List<CommandLine> called = parsed.asCommandLineList();
      throw new ExecutionException(called.getLast(), "out of memory", e);
    }
  }

  private static SubjectKind subject(String name) {
    try {
      return SubjectKind.of(name);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + name + "' is " + e.getMessage());
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }

  static final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
      Properties build = new Properties();
      try (InputStream in = HakmemCommand.class.getResourceAsStream("build.properties")) {
        build.load(Objects.requireNonNull(in, "build.properties"));
      }
      return new String[] {"hakmem " + build.getProperty("version")};
    }
  }
}
