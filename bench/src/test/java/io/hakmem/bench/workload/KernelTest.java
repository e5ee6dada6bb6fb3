package io.hakmem.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.hakmem.bench.load.Mstress;
import io.hakmem.bench.load.SmallLoads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels in C make the same calls as the loops in Java, in two rounds of several threads. */
@Tag("slow")
final class KernelTest {

  private static final String DRIVER = "/io/hakmem/bench/driver/";
  private static final String PROBE = "kernel_probe.c";
  private static final List<String> COMPILER =
      List.of("cc", "-std=gnu17", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread");

  /** The files of kernels by their loads. */
  private static final Map<String, String> FILES =
      Map.of(
          "mid-large-mt", "midlarge",
          "larson", "larson",
          "xmalloc", "xmalloc",
          "mstress", "mstress",
          "alloc-test", "alloctest",
          "cache-writes", "cachewrites",
          "realloc", "growth",
          "burst", "burst");

  @TempDir private Path dir;

  private record Finished(int code, String output) {}

  private static Finished run(List<String> call) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(call).redirectErrorStream(true).start();
    try (InputStream in = process.getInputStream()) {
      String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return new Finished(process.exitValue(), output);
    }
  }

  private void unpack(String resource, String name) throws IOException {
    try (InputStream in = KernelTest.class.getResourceAsStream(resource + name)) {
      Files.copy(Objects.requireNonNull(in, name), dir.resolve(name));
    }
  }

  private Path compiled(String kernel) throws IOException, InterruptedException {
    unpack(DRIVER, "driver.h");
    unpack(DRIVER, kernel + ".c");
    unpack("", PROBE);
    Path program = dir.resolve(kernel);
    List<String> call = new ArrayList<>(COMPILER);
    call.addAll(List.of("-DKERNEL=" + kernel + "_kernel", "-o", program.toString()));
    call.addAll(List.of(dir.resolve(PROBE).toString(), dir.resolve(kernel + ".c").toString()));
    try {
      Finished compiler = run(call);
      assertThat(compiler.code()).as(compiler.output()).isZero();
    } catch (IOException e) {
      abort("kernels are not compared: no C compiler: " + e.getMessage());
    }
    return program;
  }

  /** What the kernel prints behind its name: a line for each thread of the first round, then on. */
  private static List<String> inC(Path program, Workload load) throws Exception {
    List<String> call = new ArrayList<>(List.of(program.toString()));
    call.add(Integer.toString(load.threads()));
    call.add("ops=" + load.ops());
    load.parameters().forEach((name, value) -> call.add(name + "=" + value));
    Finished probe = run(call);
    assertThat(probe.code()).as(probe.output()).isZero();
    List<String> lines = probe.output().lines().toList();
    assertThat(lines.getFirst()).isEqualTo(load.name());
    return lines.subList(1, lines.size());
  }

  private static List<RecordingSubject.Part> inJava(Workload load) throws Exception {
    try (RecordingSubject subject = new RecordingSubject()) {
      List<RecordingSubject.Part> parts = new ArrayList<>(subject.round(load));
      parts.addAll(subject.round(load));
      return parts;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mid-large-mt",
        "larson",
        "xmalloc",
        "mstress",
        "alloc-test",
        "cache-writes",
        "realloc",
        "burst"
      })
  void kernel_always_makesTheCallsOfTheJavaLoop(String name) throws Exception {
    Path program = compiled(Objects.requireNonNull(FILES.get(name)));
    for (int threads : new int[] {1, 2, 4}) {
      List<Workload> loads =
          SmallLoads.of(threads).stream().filter(load -> load.name().equals(name)).toList();
      assertThat(loads).isNotEmpty();
      for (Workload load : loads) {
        assertSame(load, inC(program, load), inJava(load));
      }
    }
  }

  private static void assertSame(
      Workload load, List<String> lines, List<RecordingSubject.Part> parts) {
    if (load instanceof Mstress && load.threads() > 1) {
      // Which thread frees a block that was passed on depends on who comes first.
      assertThat(lines.stream().map(KernelTest::withoutFrees))
          .isEqualTo(parts.stream().map(RecordingSubject.Part::asked).toList());
      assertThat(lines.stream().mapToLong(line -> Long.parseLong(line.split(" ", -1)[1])).sum())
          .isEqualTo(parts.stream().mapToLong(RecordingSubject.Part::frees).sum());
    } else {
      assertThat(lines)
          .as("%s on %d threads", load.name(), load.threads())
          .isEqualTo(parts.stream().map(RecordingSubject.Part::toString).toList());
    }
  }

  /** The fields of {@link RecordingSubject.Part#asked}. */
  private static String withoutFrees(String line) {
    String[] fields = line.split(" ", -1);
    return fields[0] + " " + fields[2] + " " + fields[3];
  }
}
