package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hakmem top} beside JVMs that run. */
@Tag("slow")
final class TopCommandTest {

  private static final List<String> PLAIN = List.of();

  private static List<JsonNode> samples(CommandRun run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    List<JsonNode> samples = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      samples.add(new JsonMapper().readTree(line));
    }
    return samples;
  }

  @Test
  void json_ofAProcess_isALineASampleAndRises() throws IOException {
    try (WorkingJvm jvm = new WorkingJvm(PLAIN, "orders", "a=b")) {
      List<JsonNode> samples =
          samples(CommandRun.of("top", jvm.pid(), "--count", "2", "--interval", "0.3", "--json"));

      assertThat(samples).hasSize(2);
      JsonNode first = samples.getFirst().get("allocators").get("orders");
      JsonNode last = samples.getLast().get("allocators").get("orders");
      assertThat(last.get("allocations").asLong()).isGreaterThan(first.get("allocations").asLong());
      assertThat(last.get("boxes").get(0).get("name").asText()).isNotEmpty();
      assertThat(last.get("refused").get("foreign").asLong()).isZero();
      assertThat(samples.getLast().get("allocators").has("a=b")).isTrue();
      assertThat(samples.getLast().get("jvm").asText()).isEqualTo(jvm.pid());
    }
  }

  @Test
  void text_ofAProcess_isABlockASampleWithRates() throws IOException {
    try (WorkingJvm jvm = new WorkingJvm(PLAIN, "orders")) {
      CommandRun run = CommandRun.of("top", jvm.pid(), "--count", "2", "--interval", "0.3");

      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      assertThat(run.out().lines().filter(line -> line.endsWith("JVM " + jvm.pid() + "  orders")))
          .hasSize(2);
      assertThat(run.out()).containsPattern("allocations [\\d,]+ \\(-\\)");
      assertThat(run.out()).containsPattern("allocations [\\d,]+ \\([1-9][\\d.]* [KM]?/s\\)");
      assertThat(run.out()).containsPattern("(?m)^pool-v1 +\\d+ +[\\d.]+ \\S*B ");
      assertThat(run.out()).doesNotContain("\u001b");
      assertThat(run.out().lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
  }

  @Test
  void address_ofAnAgent_isReadLikeAProcess() throws IOException {
    int port = freePort();
    List<String> options =
        List.of(
            "-Dcom.sun.management.jmxremote.port=" + port,
            "-Dcom.sun.management.jmxremote.rmi.port=" + port,
            "-Dcom.sun.management.jmxremote.host=localhost",
            "-Djava.rmi.server.hostname=localhost",
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false");
    try (WorkingJvm jvm = new WorkingJvm(options, "orders")) {
      String address = "localhost:" + port;
      List<JsonNode> samples = samples(CommandRun.of("top", address, "--count=1", "--json"));

      assertThat(samples).hasSize(1);
      assertThat(samples.getFirst().get("jvm").asText()).isEqualTo(address).isNotEqualTo(jvm.pid());
      assertThat(samples.getFirst().get("allocators").has("orders")).isTrue();
    }
  }

  @Test
  void process_withoutABean_isRefusedWithTheGate() throws IOException {
    try (WorkingJvm jvm = new WorkingJvm(PLAIN)) {
      CommandRun.of("top", jvm.pid()).assertRefused(1, "HAKMEM_JMX_ENABLED=1");
    }
  }

  @Test
  void process_thatIsNoJvm_isRefused() throws IOException {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      CommandRun.of("top", Long.toString(other.pid()))
          .assertRefused(1, "does not let itself be attached to");
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void address_whereNothingListens_isRefused() throws IOException {
    CommandRun.of("top", "localhost:" + freePort()).assertRefused(1, "no JMX agent answers at");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, neither a process id nor HOST:PORT",
    "x:y, neither",
    "localhost:0, neither",
    ":99, neither",
    "localhost:65536, neither",
    "1 --interval 0, --interval=0.0 must be in",
    "1 --interval NaN, --interval=NaN must be in",
    "1 --count -1, --count=",
    "1 --rows -1, --rows="
  })
  void call_thatMeansNothing_isRefusedAsUsage(String call, String reason) {
    List<String> words = new ArrayList<>(List.of("top"));
    words.addAll(List.of(call.split(" ", -1)));
    CommandRun.of(words.toArray(String[]::new)).assertRefused(2, reason);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
