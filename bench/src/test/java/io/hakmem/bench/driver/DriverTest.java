package io.hakmem.bench.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.load.MidLarge;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.replay.Replay;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.trace.TraceReader;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver makes the calls that the loads make on the JVM, or says why it does not run. */
final class DriverTest {

  private static final Plan TINY = new Plan(1, 3, 50);

  static Stream<Workload> loads() throws Exception {
    Path trace =
        Path.of(
            Objects.requireNonNull(DriverTest.class.getResource("/io/hakmem/bench/small.trace"))
                .toURI());
    return Stream.of(
        new MidLarge(1, 20_000, 100, 1, 257, 768),
        new MidLarge(2, 20_000, 100, 7, 16, 1024),
        new MidLarge(2, 5_000, 50, -3, 500, 500),
        Replay.onOneThread(TraceReader.read(trace)));
  }

  private static Driver driver() throws Exception {
    try {
      return Driver.compiled(System.getenv());
    } catch (CommandFailure e) {
      String reason = String.valueOf(e.getMessage());
      assumeTrue(!reason.startsWith("no C compiler"), reason);
      throw e;
    }
  }

  private static Report run(
      Workload load, String subject, @Nullable String library, Measure measure) throws Exception {
    Driver driver = driver();
    try (NativeLoad prepared = NativeLoad.of(load)) {
      return driver.run(prepared, subject, library, measure, TINY, load.census().calls());
    }
  }

  @ParameterizedTest
  @MethodSource("loads")
  void run_anyLoad_countsWhatTheLoadCountsOnTheJvm(Workload load) throws Exception {
    for (String subject : new String[] {"malloc", "floor"}) {
      Report report = run(load, subject, null, Measure.SPEED);
      assertThat(report.setup().workload()).isEqualTo(load.name());
      assertThat(report.setup().threads()).isEqualTo(load.threads());
      assertThat(report.setup().ops()).isEqualTo(load.ops());
      assertThat(report.calls().allocs()).isEqualTo(load.census().calls().allocs());
      assertThat(report.calls().frees()).isEqualTo(load.census().calls().frees());
      assertThat(report.times().runsMops()).hasSize(TINY.runs());
      assertThat(report.coldMops()).isPositive();
      assertThat(report.steadyMops()).isPositive();
      load.parameters()
          .forEach(
              (name, value) ->
                  assertThat(report.setup().parameters())
                      .extractingByKey(name, InstanceOfAssertFactories.type(Number.class))
                      .extracting(Number::longValue)
                      .isEqualTo(value.longValue()));
    }
  }

  @Test
  void run_latencyAndMemory_addTheirFields() throws Exception {
    Workload load = new MidLarge(2, 20_000, 100, 1, 257, 768);
    Report latency = run(load, "malloc", null, Measure.LATENCY);
    assertThat(latency.allocateP999Ns()).isPositive();
    assertThat(latency.allocateMaxNs()).isGreaterThanOrEqualTo(latency.allocateP999Ns());
    Report memory = run(load, "malloc", null, Measure.MEMORY);
    assertThat(memory.burstPeakBytes()).isGreaterThan(Measure.BURST_BYTES);
    assertThat(memory.burstRetainedBytes()).isLessThan(memory.burstPeakBytes());
  }

  @Test
  void run_otherCalls_areRefused() throws Exception {
    Driver driver = driver();
    try (NativeLoad load = NativeLoad.of(new MidLarge(1, 1000, 10, 1, 9, 9))) {
      assertThatThrownBy(
              () -> driver.run(load, "malloc", null, Measure.SPEED, TINY, new Tally(1, 1)))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("on the JVM Tally[allocs=1, frees=1]");
    }
  }

  @Test
  void run_absentLibrary_saysWhichOne() {
    assertThatThrownBy(
            () ->
                run(new MidLarge(1, 1000, 10, 1, 9, 9), "mimalloc", "libnone.so.9", Measure.SPEED))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("libnone.so.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATH", "CC"})
  void compiled_noCompiler_saysHowToGetOne(String variable, @TempDir Path empty) {
    Path nothing = empty.resolve("none");
    assertThatThrownBy(() -> Driver.compiled(Map.of(variable, nothing.toString())))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("no C compiler: ")
        .hasMessageContaining("apt install gcc");
  }

  @Test
  void compiled_compilerThatFails_saysWhatItSaid(@TempDir Path folder) throws Exception {
    Path broken = Files.writeString(folder.resolve("cc"), "#!/bin/sh\necho broken >&2\nexit 3\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> Driver.compiled(Map.of("CC", broken.toString())))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the C compiler ended with 3: broken");
  }
}
