package io.hakmem.stress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.SpinLoopStyle;

/**
 * One test, run once in this JVM by the code that jcstress generated for it. A JVM for each test,
 * as jcstress starts them, would take longer to start than all tests take to run.
 *
 * @param info the test
 * @param result what came of it
 */
record Trial(TestInfo info, TestResult result) {

  private static final int MOST_FOOTPRINT_MB = 64;

  /** Rounds between two meetings of the threads, and how many such before states are counted. */
  private static final int STRIDE = 256;

  private static final int STRIDES = 4;

  /**
   * Runs a test.
   *
   * @param timeMs how long
   */
  static Trial run(TestInfo info, int timeMs) throws IOException, ReflectiveOperationException {
    Runner<?> runner =
        Class.forName(info.generatedRunner())
            .asSubclass(Runner.class)
            .getConstructor(ForkedTestConfig.class)
            .newInstance(config(info, timeMs));
    return new Trial(info, runner.run());
  }

  /** As jcstress sends it to its own JVMs: there is no other way but through its command line. */
  private static ForkedTestConfig config(TestInfo info, int timeMs) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(bytes);
    fields.writeInt(List.of(SpinLoopStyle.values()).indexOf(SpinLoopStyle.THREAD_SPIN_WAIT));
    fields.writeInt(timeMs);
    fields.writeInt(1);
    fields.writeUTF(info.generatedRunner());
    fields.writeInt(MOST_FOOTPRINT_MB);
    fields.writeInt(STRIDE);
    fields.writeInt(STRIDES);
    fields.writeBoolean(false);
    return new ForkedTestConfig(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  /** Whether all went as jcstress needs it to; a thread that starves may keep it from that. */
  boolean isComplete() {
    return result.status() == Status.NORMAL && result.getTotalCount() > 0;
  }

  /** How often a state came up that the test expects to see in that way. */
  long count(Expect expect) {
    return result.getStateKeys().stream()
        .filter(state -> caseOf(state).expect() == expect)
        .mapToLong(result::getCount)
        .sum();
  }

  private StateCase caseOf(String state) {
    return info.cases().stream()
        .filter(known -> known.matches(state))
        .findFirst()
        .orElse(info.unmatched());
  }

  /** The states that came up, in lines. */
  String report() {
    String states =
        result.getStateKeys().stream()
            .sorted(Comparator.comparingLong(result::getCount).reversed())
            .map(state -> line(state, caseOf(state)))
            .collect(Collectors.joining());
    String messages =
        result.getMessages().stream().map("  %s%n"::formatted).collect(Collectors.joining());
    return "%s: %s%n%s%s".formatted(info.name(), result.status(), states, messages);
  }

  private String line(String state, StateCase known) {
    return "  %,14d  %-16s %s: %s%n"
        .formatted(
            result.getCount(state),
            state,
            known.expect().name().toLowerCase(Locale.ROOT),
            known.description());
  }
}
