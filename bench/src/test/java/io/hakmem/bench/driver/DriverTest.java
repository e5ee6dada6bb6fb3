package io.hakmem.bench.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.gauge.Measure;
import io.hakmem.bench.workload.MidLarge;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.TraceReader;
import io.hakmem.bench.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
        TraceReader.read(trace));
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

  private static JsonNode run(
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
      JsonNode report = run(load, subject, null, Measure.SPEED);
      assertThat(report.path("workload").asText()).isEqualTo(load.name());
      assertThat(report.path("threads").asInt()).isEqualTo(load.threads());
      assertThat(report.path("ops").asLong()).isEqualTo(load.ops());
      assertThat(report.path("allocs").asLong()).isEqualTo(load.census().calls().allocs());
      assertThat(report.path("frees").asLong()).isEqualTo(load.census().calls().frees());
      assertThat(report.path("runs_mops").size()).isEqualTo(TINY.runs());
      assertThat(report.path("cold_mops").asDouble()).isPositive();
      assertThat(report.path("steady_mops").asDouble()).isPositive();
      load.parameters()
          .forEach(
              (name, value) ->
                  assertThat(report.path(name).asLong()).as(name).isEqualTo(value.longValue()));
    }
  }

  @Test
  void run_latencyAndMemory_addTheirFields() throws Exception {
    Workload load = new MidLarge(2, 20_000, 100, 1, 257, 768);
    JsonNode latency = run(load, "malloc", null, Measure.LATENCY);
    assertThat(latency.path("allocate_p999_ns").asLong()).isPositive();
    assertThat(latency.path("allocate_max_ns").asLong())
        .isGreaterThanOrEqualTo(latency.path("allocate_p999_ns").asLong());
    JsonNode memory = run(load, "malloc", null, Measure.MEMORY);
    assertThat(memory.path("burst_peak_bytes").asLong()).isGreaterThan(Measure.BURST_BYTES);
    assertThat(memory.path("burst_retained_bytes").asLong())
        .isLessThan(memory.path("burst_peak_bytes").asLong());
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
