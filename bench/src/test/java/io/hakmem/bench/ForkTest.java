package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JVMs that a comparison starts. */
@Tag("slow")
final class ForkTest {

  private static final List<String> ENDLESS =
      List.of("mid-large-mt", "1", "100000000", "9", "1", "--budget-ms", "9999999", "--json");

  @Test
  void run_measuringCall_returnsItsJson() throws Exception {
    Report report =
        new Fork(List.of("mid-large-mt", "1", "1000", "9", "1", "--warmup=0", "--runs=1", "--json"))
            .run();
    assertThat(report.setup().ops()).isEqualTo(1000);
  }

  @Test
  void run_failingCall_saysTheChildsLastLines() {
    assertThatThrownBy(() -> new Fork(List.of("replay", "no-such-file")).run())
        .isInstanceOf(CommandFailure.class)
        .hasMessage("a fork ended with 1: hakmem: no-such-file: no such file");
  }

  @Test
  void run_jvmThatCannotStart_saysWhatItWroteToStandardOutput() {
    Fork fork = new Fork(List.of("gates"), Map.of(), List.of("-agentpath:/none/agent.so"));
    assertThatThrownBy(fork::output)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("a fork ended with 1: Error occurred")
        .hasMessageContaining("/none/agent.so");
  }

  @Test
  void run_interrupted_endsTheChild() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread runner =
        new Thread(
            () -> {
              try {
                new Fork(ENDLESS).run();
              } catch (IOException | InterruptedException | CommandFailure e) {
                thrown.set(e);
              }
            });
    runner.start();
    List<ProcessHandle> children = awaitChildren(runner);
    runner.interrupt();
    runner.join(Duration.ofSeconds(30));
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    for (ProcessHandle child : children) {
      child.onExit().orTimeout(30, TimeUnit.SECONDS).join();
      assertThat(child.isAlive()).isFalse();
    }
  }

  private static List<ProcessHandle> awaitChildren(Thread runner) throws InterruptedException {
    while (runner.isAlive()) {
      List<ProcessHandle> children = ProcessHandle.current().children().toList();
      if (!children.isEmpty()) {
        return children;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("the fork ended by itself");
  }
}
