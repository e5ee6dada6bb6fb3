package io.hakmem.bench.result;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where and when something was measured. */
public record Machine(
    String date,
    int cores,
    String cpu,
    String governor,
    String memory,
    String system,
    String jdk,
    String jvmOptions,
    String commit) {

  private static final String UNKNOWN = "unknown";
  private static final long GIT_SECONDS = 5;

  /** This machine, and the commit of the folder that the software lies in, now. */
  public static Machine now() {
    String options = jvmOptionsOfForks();
    return new Machine(
        LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString(),
        Runtime.getRuntime().availableProcessors(),
        valueIn("/proc/cpuinfo", "model name"),
        frequencyGovernor(),
        installedMemory(),
        properties("os.name", "os.version", "os.arch"),
        properties("java.vm.name", "java.vm.version"),
        options.isEmpty() ? "-" : options,
        commit(sources()));
  }

  /** What the environment asks for, for each JVM that is started; may be empty. */
  public static String jvmOptionsOfForks() {
    return System.getenv().getOrDefault("HAKMEM_JAVA_OPTS", "").strip();
  }

  private static String properties(String... names) {
    return Stream.of(names).map(System::getProperty).collect(Collectors.joining(" "));
  }

  /** The folder of the software, which may lie in a clone. */
  private static Path sources() {
    Path working = Path.of("").toAbsolutePath();
    try {
      Path code =
          Path.of(Machine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      @Nullable Path folder = code.getParent();
      return folder == null ? working : folder;
    } catch (URISyntaxException e) {
      return working;
    }
  }

  private static String installedMemory() {
    String kib = valueIn("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
    return kib.isEmpty()
        ? UNKNOWN
        : String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kib) / 1048576.0);
  }

  private static String frequencyGovernor() {
    try {
      return Files.readString(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"))
          .strip();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String valueIn(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String commit(Path sources) {
    String commit = git(sources, "rev-parse", "--short", "HEAD");
    if (commit.equals(UNKNOWN)) {
      return UNKNOWN;
    }
    String changed = git(sources, "status", "--porcelain", "--untracked-files=no");
    return changed.isEmpty() ? commit : commit + ", with changes";
  }

  private static String git(Path sources, String... arguments) {
    String[] command =
        Stream.concat(Stream.of("git", "-C", sources.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = git.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
      return ended && git.exitValue() == 0 ? out.strip() : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
