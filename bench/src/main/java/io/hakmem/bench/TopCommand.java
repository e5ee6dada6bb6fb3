package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.page.TerminalWriter;
import io.hakmem.bench.top.JvmConnection;
import io.hakmem.bench.top.Jvms;
import io.hakmem.bench.top.Sample;
import io.hakmem.bench.top.SampleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem top}: the allocators of a running JVM. */
@Command(
    name = "top",
    description = {
      "Shows the allocators of a running JVM as their figures change.",
      "Without a JVM it lists those of this user that have an allocator to show. These "
          + "were started with HAKMEM_JMX_ENABLED=1.",
      "Example: hakmem top 4711 --interval 2"
    },
    mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {

  private static final int MOST_PORT = 65_535;
  private static final double LEAST_SECONDS = 0.05;
  private static final double MOST_SECONDS = 3600;
  private static final double NS_A_SECOND = 1e9;

  /** To the upper left, and the rest of the screen is cleared when all is written. */
  private static final String HOME = "\u001b[H";

  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  @Mixin private ResultOptions result;

  @Parameters(
      arity = "0..1",
      paramLabel = "PID|HOST:PORT",
      description = "A process of this machine, or where a JMX agent listens.")
  private @Nullable String target;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "The time between two samples (${DEFAULT-VALUE}).")
  private double interval;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "Samples to take; 0 goes on until the JVM ends (${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "10",
      description = "The most classes and fallbacks that are shown (${DEFAULT-VALUE}).")
  private int rows;

  @Override
  public Integer call() throws IOException, InterruptedException {
    require("--interval", interval, LEAST_SECONDS, MOST_SECONDS);
    require("--count", count, 0, Integer.MAX_VALUE);
    require("--rows", rows, 0, Integer.MAX_VALUE);
    if (target == null) {
      list();
      return 0;
    }
    try (JvmConnection jvm = connect(target)) {
      watch(jvm);
    }
    return 0;
  }

  private void require(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw result.wrong("%s=%s must be in [%s, %s]".formatted(option, value, least, most));
    }
  }

  private JvmConnection connect(String jvm) throws IOException {
    int colon = jvm.lastIndexOf(':');
    try {
      if (colon < 0) {
        return JvmConnection.ofProcess(Long.parseUnsignedLong(jvm));
      }
      int port = Integer.parseInt(jvm.substring(colon + 1));
      if (colon > 0 && port > 0 && port <= MOST_PORT) {
        return JvmConnection.ofAddress(jvm.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      throw result.wrong(noJvm(jvm));
    }
    throw result.wrong(noJvm(jvm));
  }

  private static String noJvm(String jvm) {
    return "'%s' is neither a process id nor HOST:PORT".formatted(jvm);
  }

  private void watch(JvmConnection jvm) throws IOException, InterruptedException {
    Sample before = null;
    for (int taken = 0; count == 0 || taken < count; taken++) {
      if (taken > 0) {
        TimeUnit.NANOSECONDS.sleep((long) (interval * NS_A_SECOND));
      }
      Sample now = jvm.take();
      show(now, before);
      before = now;
    }
  }

  private void show(Sample now, @Nullable Sample before) throws IOException {
    PrintWriter out = result.out();
    if (result.isJson()) {
      out.println(new JsonMapper().writeValueAsString(fields(now)));
    } else if (out instanceof TerminalWriter) {
      String text = new SampleText(rows).of(now, before);
      String end = CLEAR_LINE + System.lineSeparator();
      out.print(HOME + text.replace(System.lineSeparator(), end) + CLEAR_BELOW);
    } else {
      out.print(new SampleText(rows).of(now, before));
    }
    out.flush();
  }

  private static Map<String, Object> fields(Sample sample) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", sample.time().toString());
    fields.put("jvm", sample.jvm());
    fields.put("allocators", sample.byName());
    return fields;
  }

  private void list() throws IOException, InterruptedException {
    Jvms found = Jvms.find();
    if (!found.silent().isEmpty()) {
      PrintWriter err = result.err();
      err.println("hakmem: no answer from " + String.join(", ", found.silent()));
      err.flush();
    }
    print(found.withBeans(), result.out());
  }

  private void print(List<Jvms.Jvm> jvms, PrintWriter out) throws IOException {
    if (result.isJson()) {
      out.println(new JsonMapper().writeValueAsString(Map.of("jvms", jvms)));
    } else if (jvms.isEmpty()) {
      throw new CommandFailure(
          "no JVM of this user has a HAKMEM bean: start one with HAKMEM_JMX_ENABLED=1");
    }
    for (Jvms.Jvm jvm : result.isJson() ? List.<Jvms.Jvm>of() : jvms) {
      out.println(
          "%-8s %s  %s".formatted(jvm.pid(), String.join(", ", jvm.allocators()), jvm.main()));
    }
    out.flush();
  }
}
