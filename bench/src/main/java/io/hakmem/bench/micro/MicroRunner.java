package io.hakmem.bench.micro;

import io.hakmem.bench.fork.BoxPath;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.profile.ProfilerFactory;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.ProfilerConfig;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets JMH run benchmarks, which reports what it does on standard error or not at all. */
public final class MicroRunner {

  private static final String CLASS_PATH = "java.class.path";

  private final Effort effort;
  private final Map<String, List<String>> parameters;
  private final List<ProfilerConfig> profilers;
  private final boolean verbose;

  /**
   * A runner.
   *
   * @param parameters values that replace those of the benchmark, by the parameter's name
   * @param profilers of JMH, as {@code gc} or {@code stack:lines=3}
   * @param verbose whether JMH says what it does
   * @throws IllegalArgumentException if JMH has no such profiler, or it cannot run here
   */
  public MicroRunner(
      Effort effort,
      Map<String, List<String>> parameters,
      List<String> profilers,
      boolean verbose) {
    this.effort = effort;
    this.parameters = parameters;
    this.profilers = profilers.stream().map(MicroRunner::profiler).toList();
    this.verbose = verbose;
    findClasses();
  }

  private static ProfilerConfig profiler(String text) {
    int colon = text.indexOf(':');
    ProfilerConfig profiler =
        colon < 0
            ? new ProfilerConfig(text)
            : new ProfilerConfig(text.substring(0, colon), text.substring(colon + 1));
    try {
      ProfilerFactory.getProfilerOrException(profiler);
      return profiler;
    } catch (ProfilerException e) {
      throw new IllegalArgumentException(
          "prof=%s is refused by JMH: %s".formatted(text, e.getMessage()), e);
    }
  }

  /** JMH hands its forks the class path, and on the module path there is none. */
  private static void findClasses() {
    if (System.getProperty(CLASS_PATH, "").isEmpty()) {
      System.setProperty(CLASS_PATH, BoxPath.asClassPath());
    }
  }

  /**
   * Measures one benchmark, once for each combination of its parameters.
   *
   * @throws CommandFailure if it fails with any of them, with the reason
   */
  public Collection<RunResult> run(Microbenchmark benchmark) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.jmhName()) + "$")
            .shouldFailOnError(true)
            .jvmArgs(jvmOptions().toArray(String[]::new));
    effort.addTo(options);
    parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    profilers.forEach(profiler -> options.addProfiler(profiler.getKlass(), profiler.getOpts()));
    try {
      return new Runner(
              options.build(),
              OutputFormatFactory.createFormatInstance(
                  System.err, verbose ? VerboseMode.NORMAL : VerboseMode.SILENT))
          .run();
    } catch (RunnerException e) {
      throw new CommandFailure(reason(e), e);
    }
  }

  /** JMH itself reaches for what the JVM would warn of. */
  private static List<String> jvmOptions() {
    List<String> options =
        new ArrayList<>(
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    options.addAll(Fork.optionsOfAll());
    return options;
  }

  /** What went wrong is suppressed by JMH's exception, which says only that something did. */
  private static String reason(Throwable e) {
    if (e instanceof BenchmarkException && e.getSuppressed().length > 0) {
      return reason(e.getSuppressed()[0]);
    }
    Throwable cause = e instanceof RunnerException ? e.getCause() : null;
    return cause == null ? String.valueOf(e.getMessage()) : reason(cause);
  }
}
