package io.hakmem.bench;

import io.hakmem.bench.command.AbCommand;
import io.hakmem.bench.command.FootprintCommand;
import io.hakmem.bench.command.MeasureCommand;
import io.hakmem.bench.command.MidLargeCommand;
import io.hakmem.bench.command.PeersCommand;
import io.hakmem.bench.command.ProfileCommand;
import io.hakmem.bench.command.RecommendCommand;
import io.hakmem.bench.command.ReplayCommand;
import io.hakmem.bench.command.ReproduceCommand;
import io.hakmem.bench.command.TurnsCommand;
import io.hakmem.bench.command.trace.RecordCommand;
import io.hakmem.bench.command.trace.TraceCommand;
import io.hakmem.bench.fork.BoxPath;
import io.hakmem.bench.fork.Parent;
import io.hakmem.bench.saved.ReportCommand;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.sweep.SweepCommand;
import io.hakmem.bench.top.HeapCommand;
import io.hakmem.bench.tune.TuneCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The {@code hakmem} command. */
@Command(
    name = "hakmem",
    description = {
      "Measures and explains native memory allocation on the JVM.",
      "'hakmem COMMAND --help' explains a command and shows an example."
    },
    mixinStandardHelpOptions = true,
    versionProvider = HakmemCommand.BuildVersion.class,
    subcommands = {
      MidLargeCommand.class,
      ReplayCommand.class,
      RecordCommand.class,
      TraceCommand.class,
      MeasureCommand.class,
      PeersCommand.class,
      FootprintCommand.class,
      AbCommand.class,
      TurnsCommand.class,
      TuneCommand.class,
      SweepCommand.class,
      ReproduceCommand.class,
      ProfileCommand.class,
      RecommendCommand.class,
      ReportCommand.class,
      JmhCommand.class,
      TopCommand.class,
      HeapCommand.class,
      ComposeCommand.class,
      GatesCommand.class,
      NewBoxCommand.class,
      FuzzCommand.class,
      SoakCommand.class
    })
public final class HakmemCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** The start script has put them on the path of this JVM, from where forks have it. */
  @Option(
      names = "--with-box",
      paramLabel = "JAR",
      scope = ScopeType.INHERIT,
      description = "Adds a box, or what it needs; repeat for more. HAKMEM_BOXES lists some too.")
  private List<Path> boxes = new ArrayList<>();

  /** Ends the JVM with picocli's exit code: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] args) {
    Parent.watch();
    System.exit(commandLine().setOut(StandardOutput.writer()).execute(args));
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
    HakmemCommand command = (HakmemCommand) parsed.commandSpec().userObject();
    command.boxes.forEach(command::check);
    CommandLine called = parsed.asCommandLineList().getLast();
    try {
      int code = new RunLast().execute(parsed);
      if (called.getOut().checkError()) {
        throw new ExecutionException(called, "standard output cannot be written");
      }
      return code;
    } catch (OutOfMemoryError e) {
      throw new ExecutionException(called, "out of memory", e);
    } catch (UncheckedIOException | LinkageError e) {
      throw new ExecutionException(called, "failed", e);
    }
  }

  private void check(Path box) {
    if (!Files.isRegularFile(box)) {
      throw new ParameterException(
          spec.commandLine(), "--with-box=" + box + " is no file that can be read");
    }
    if (!BoxPath.has(box)) {
      throw new ParameterException(
          spec.commandLine(),
          "--with-box=" + box + " is not on the path of this JVM, where ./hakmem puts it");
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
      return new String[] {"hakmem " + Build.version()};
    }
  }
}
