package io.hakmem.bench.driver;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Program;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The native driver as a program. */
public final class Driver {

  /** Some allocators keep more for each thread than the loader leaves room for by default. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("GLIBC_TUNABLES", "glibc.rtld.optional_static_tls=16384");

  private final Path program;

  private Driver(Path program) {
    this.program = program;
  }

  /**
   * Compiles the driver, unless that was done before.
   *
   * @param environment says where the compiler is, by {@code CC} and {@code PATH}
   * @throws CommandFailure if it cannot be had here; the message says why
   */
  public static Driver compiled(Map<String, String> environment)
      throws IOException, InterruptedException {
    String system = System.getProperty("os.name", "");
    if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
      throw new CommandFailure("the native driver runs on Linux, not on " + system);
    }
    return new Driver(new Compiler(environment).compiled(Sources.packed()));
  }

  /**
   * Measures an allocator in a process of its own.
   *
   * @param subject an allocator that the driver knows
   * @param library its file or its name, or null for the C library
   * @param expected the calls of a round
   * @throws CommandFailure if it cannot run here, or makes other calls than the load on the JVM
   */
  public Report run(
      NativeLoad load,
      String subject,
      @Nullable String library,
      Measure measure,
      Plan asked,
      Tally expected)
      throws IOException, InterruptedException {
    List<String> command = command(load, subject, library);
    command.addAll(List.of("--measure", measure.toString()));
    if (measure == Measure.MEMORY) {
      command.addAll(List.of("--burst", Integer.toString(Measure.BURST_BYTES)));
    }
    Plan plan = measure.plan(asked);
    command.addAll(List.of("--warmup", Integer.toString(plan.warmup())));
    command.addAll(List.of("--runs", Integer.toString(plan.runs())));
    command.addAll(List.of("--budget-ms", Long.toString(plan.budgetMs())));
    Report report = new Program("the driver", command, ENVIRONMENT).report();
    Tally made = new Tally(report.calls().allocs(), report.calls().frees());
    if (!made.equals(expected)) {
      throw new CommandFailure("a round in C made " + made + ", on the JVM " + expected);
    }
    return report;
  }

  /**
   * Starts a process that measures in turns.
   *
   * @param subject an allocator that the driver knows
   * @param library its file or its name, or null for the C library
   * @throws CommandFailure if it cannot run here
   */
  public DriverTurns turns(NativeLoad load, String subject, @Nullable String library)
      throws IOException {
    List<String> command = command(load, subject, library);
    command.add("--turns");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(ENVIRONMENT);
    return new DriverTurns(builder.start());
  }

  private List<String> command(NativeLoad load, String subject, @Nullable String library) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    // First, so that it is followed before anything is done.
    command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
    command.addAll(load.options());
    command.addAll(List.of("--subject", subject));
    if (library != null) {
      command.addAll(List.of("--library", library));
    }
    return command;
  }
}
