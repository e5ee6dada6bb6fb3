package io.hakmem.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.result.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HotSymbolsTest {

  private static final String LOOP = "java/lang/Thread.run;io/hakmem/bench/workload/MidLarge.loop";

  @Test
  void selfTimes_stacks_areSelfPercentByBoxAndSymbol() throws IOException {
    JsonNode fields =
        new JsonMapper()
            .readTree(
                Json.text(
                    new HotSymbols(
                            List.of(
                                LOOP + " 40",
                                LOOP + ";io/hakmem/spi/FreePath.free 20",
                                LOOP
                                    + ";io/hakmem/bench/workload/Memory.touch;jdk/internal/X.set 10",
                                LOOP + ";io/hakmem/spi/LocalHeap.allocate;__memset_avx2 10",
                                LOOP + ";io/hakmem/pool/v1flat/FlatBox.refill 10",
                                LOOP + ";io/hakmem/middesc/RemainderDirectory.lookup 5",
                                LOOP + ";InterpreterRuntime::resolve 5",
                                "start_thread;CompileBroker::loop 900"))
                        .selfTimes()));
    assertThat(fields.path("samples").asInt()).isEqualTo(100);
    assertThat(fields.path("boxes").toString())
        .isEqualTo(
            "[{\"box\":\"driver\",\"self_percent\":50.0},"
                + "{\"box\":\"heap hot path\",\"self_percent\":20.0},"
                + "{\"box\":\"flatten\",\"self_percent\":10.0},"
                + "{\"box\":\"zeroing\",\"self_percent\":10.0},"
                + "{\"box\":\"JVM\",\"self_percent\":5.0},"
                + "{\"box\":\"directory\",\"self_percent\":5.0}]");
    assertThat(fields.path("symbols").path(0).path("symbol").asText())
        .isEqualTo("io.hakmem.bench.workload.MidLarge.loop");
    assertThat(fields.path("symbols").path(0).path("box").asText()).isEqualTo("driver");
  }
}
