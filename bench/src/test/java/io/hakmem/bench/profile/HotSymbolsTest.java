package io.hakmem.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.result.Json;
import io.hakmem.spi.PoolBoxProvider;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class HotSymbolsTest {

  private static final String LOOP = "java/lang/Thread.run;io/hakmem/bench/load/MidLarge.loop";
  private static final String CLEARING =
      LOOP + ";io/hakmem/HakAllocator.allocate;io/hakmem/engine/Clearing.clear";

  @Test
  void selfTimes_stacks_areSelfPercentByBoxAndSymbol() throws IOException {
    JsonNode fields =
        new JsonMapper()
            .readTree(
                Json.text(
                    new HotSymbols(
                            List.of(
                                LOOP + " 39",
                                LOOP + ";io/hakmem/heap/FreePath.free 20",
                                LOOP
                                    + ";io/hakmem/bench/workload/Memory.touch;jdk/internal/X.set 10",
                                CLEARING + ";_jlong_arraycopy 6",
                                CLEARING + ";io/hakmem/engine/Contents.copyZeros 4",
                                LOOP + ";io/hakmem/pool/v1flat/FlatBox.refill 8",
                                LOOP + ";io/hakmem/middesc/RemainderDirectory.lookup 5",
                                LOOP + ";InterpreterRuntime::resolve 4",
                                LOOP + ";io/hakmem/supply/RegionSupply.page 3",
                                LOOP + ";io/hakmem/HakAllocator.allocate 1",
                                "start_thread;CompileBroker::loop 900"))
                        .selfTimes()));
    assertThat(fields.path("samples").asInt()).isEqualTo(100);
    assertThat(fields.path("boxes").toString())
        .isEqualTo(
            "[{\"box\":\"driver\",\"self_percent\":49.0},"
                + "{\"box\":\"hot path\",\"self_percent\":20.0},"
                + "{\"box\":\"clearing\",\"self_percent\":10.0},"
                + "{\"box\":\"pool-v1-flat\",\"self_percent\":8.0},"
                + "{\"box\":\"mid-desc\",\"self_percent\":5.0},"
                + "{\"box\":\"JVM\",\"self_percent\":4.0},"
                + "{\"box\":\"supply\",\"self_percent\":3.0},"
                + "{\"box\":\"entry\",\"self_percent\":1.0}]");
    assertThat(fields.path("symbols").path(0).path("symbol").asText())
        .isEqualTo("io.hakmem.bench.load.MidLarge.loop");
    assertThat(fields.path("symbols").path(0).path("box").asText()).isEqualTo("driver");
  }

  @Test
  void of_frameOfEachBox_isItsName() {
    FrameParts parts = new FrameParts();
    for (PoolBoxProvider box : ServiceLoader.load(PoolBoxProvider.class)) {
      String frame = box.getClass().getName().replace('.', '/') + ".create";
      assertThat(parts.of(frame)).as(frame).isEqualTo(box.name());
    }
  }
}
