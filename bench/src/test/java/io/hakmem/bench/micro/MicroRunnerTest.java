package io.hakmem.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each benchmark runs for a moment in this JVM: its figure means nothing, its checks do. */
@Tag("slow")
final class MicroRunnerTest {

  private static final MicroRunner RUNNER =
      new MicroRunner(new Effort(0, 0, 1, 10), Map.of(), List.of(), false);

  static List<Microbenchmark> benchmarks() {
    return Catalog.all();
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void benchmark_always_runsAndTakesItsPath(Microbenchmark benchmark) {
    assertThat(RUNNER.run(benchmark))
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
  }
}
