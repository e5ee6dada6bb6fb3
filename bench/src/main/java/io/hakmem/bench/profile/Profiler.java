package io.hakmem.bench.profile;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/** async-profiler as the agent of one fork, in a folder that goes with this JVM. */
public final class Profiler {

  private static final String LIBRARY = "libasyncProfiler.so";

  /** A JVM with an agent cannot write the archive of classes that the first fork leaves. */
  private static final String NO_ARCHIVE = "-Xshare:off";

  /** Stacks that have one of these. */
  private static final String SHOWN =
      "include=io/hakmem/bench/load/*,include=io/hakmem/bench/replay/*,include=io/hakmem/purge/*";

  private final Path folder;

  /**
   * Unpacks the profiler.
   *
   * @throws CommandFailure if there is none for this system
   */
  public Profiler() throws IOException {
    String resource = "/" + platform() + "/" + LIBRARY;
    try (InputStream in = Profiler.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new CommandFailure("async-profiler is absent: no resource " + resource);
      }
      folder = Files.createTempDirectory(Scratch.folder(), "profiler");
      Files.copy(in, library(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "x64";
    return system + "-" + arch;
  }

  private Path library() {
    return folder.resolve(LIBRARY);
  }

  private Path stacks() {
    return folder.resolve("stacks");
  }

  /** Samples the CPU time of each thread; symbols are those of the compiler's inlining. */
  public List<String> jvmOptions() {
    return List.of(
        "-agentpath:%s=start,event=ctimer,interval=1ms,collapsed,loglevel=none,file=%s"
            .formatted(library(), stacks()),
        NO_ARCHIVE,
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:+DebugNonSafepoints");
  }

  private Path flameGraph() {
    return folder.resolve("flame.html");
  }

  /**
   * The same, for a flame graph of the load and of what gives memory back meanwhile: a short load
   * spends less time than the compilers of the JVM.
   */
  public List<String> flameGraphOptions() {
    return List.of(
        "-agentpath:%s=start,event=ctimer,interval=1ms,threads,loglevel=none,%s,file=%s"
            .formatted(library(), SHOWN, flameGraph()),
        NO_ARCHIVE,
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:+DebugNonSafepoints");
  }

  /**
   * Reads the flame graph that the fork left.
   *
   * @throws CommandFailure if it left none
   */
  public byte[] readFlameGraph() throws IOException {
    if (!Files.exists(flameGraph())) {
      throw new CommandFailure("async-profiler wrote nothing; the event ctimer may be refused");
    }
    return Files.readAllBytes(flameGraph());
  }

  /**
   * Reads what the fork left.
   *
   * @throws CommandFailure if it has no sample of the measured loop
   */
  public SelfTimes read() throws IOException {
    if (!Files.exists(stacks())) {
      throw new CommandFailure("async-profiler wrote no stacks; the event ctimer may be refused");
    }
    HotSymbols symbols = new HotSymbols(Files.readAllLines(stacks()));
    if (symbols.samples() == 0) {
      throw new CommandFailure("async-profiler has no sample of the measured loop");
    }
    return symbols.selfTimes();
  }
}
