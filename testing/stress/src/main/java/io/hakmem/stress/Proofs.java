package io.hakmem.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs all stress tests. A test fails when a forbidden state comes up; its weakened twin fails when
 * none does, since a test that cannot see what is wrong proves nothing.
 */
public final class Proofs {

  /** What the name of a twin has after that of its test. */
  private static final String TWIN = ".Weakened";

  /** A trial that was cut short, or a twin that held, has so many chances, each twice as long. */
  private static final int MOST_TRIALS = 7;

  private final int timeMs;
  private final StringBuilder report = new StringBuilder();
  private final List<String> failures = new ArrayList<>();
  private int twins;

  private Proofs(int timeMs) {
    this.timeMs = timeMs;
  }

  /**
   * Runs the tests and ends the JVM with code 1 if any fails.
   *
   * @param args milliseconds for each test, the file for the states that came up, and an expression
   *     for the names of the tests to run, all if there is none
   */
  public static void main(String[] args) throws Exception {
    Proofs proofs = new Proofs(Integer.parseInt(args[0]));
    String names = args.length > 2 ? args[2] : "";
    int tests = proofs.runAll(names);
    Path report = Path.of(args[1]);
    Files.writeString(report, proofs.report);
    if (proofs.failures.isEmpty()) {
      System.out.printf(
          "stress: %d structures hold, %d weakened twins do not; states in %s%n",
          tests - proofs.twins, proofs.twins, report);
      return;
    }
    System.err.println(proofs.report);
    proofs.failures.forEach(System.err::println);
    System.exit(1);
  }

  private int runAll(String names) throws IOException, ReflectiveOperationException {
    TreeSet<String> tests = new TreeSet<>(TestList.tests());
    tests.removeIf(test -> !test.matches(".*(?:" + names + ").*"));
    if (tests.isEmpty()) {
      failures.add("no test has a name like '%s'".formatted(names));
    }
    for (String test : tests) {
      if (test.contains(TWIN)) {
        twins++;
        runTwin(TestList.getInfo(test));
      } else {
        requireTwin(test);
        runProof(TestList.getInfo(test));
      }
    }
    return tests.size();
  }

  private void requireTwin(String test) {
    if (TestList.tests().stream().noneMatch(other -> other.startsWith(test + TWIN))) {
      failures.add(test + " has no weakened twin, so nobody knows whether it can fail");
    }
  }

  private void runProof(TestInfo test) throws IOException, ReflectiveOperationException {
    Trial trial = run(test, 0);
    for (int i = 1; i < MOST_TRIALS && !trial.isComplete(); i++) {
      trial = run(test, i);
    }
    if (!trial.isComplete() || trial.count(Expect.FORBIDDEN) > 0) {
      failures.add(test.name() + " failed: a forbidden state came up, or the test did not end");
    }
  }

  private void runTwin(TestInfo twin) throws IOException, ReflectiveOperationException {
    for (int i = 0; i < MOST_TRIALS; i++) {
      if (run(twin, i).count(Expect.ACCEPTABLE_INTERESTING) > 0) {
        return;
      }
    }
    failures.add(twin.name() + " held: its test would not see what it is to forbid");
  }

  private Trial run(TestInfo test, int repetition)
      throws IOException, ReflectiveOperationException {
    Trial trial = Trial.run(test, timeMs << repetition);
    report.append(trial.report());
    return trial;
  }
}
