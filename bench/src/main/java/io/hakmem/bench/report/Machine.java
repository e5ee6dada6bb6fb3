package io.hakmem.bench.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where and when a report was measured. */
public final class Machine {

  private static final String UNKNOWN = "unknown";
  private static final long GIT_SECONDS = 5;

  private Machine() {}

  /** The facts, by the name in reports; sources are the folder that git is asked about. */
  public static Map<String, Object> fields(LocalDateTime now, Path sources) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("date", now.truncatedTo(ChronoUnit.SECONDS).toString());
    fields.put("cores", Runtime.getRuntime().availableProcessors());
    fields.put("cpu", valueIn("/proc/cpuinfo", "model name"));
    fields.put("governor", governor());
    fields.put("memory", memory());
    fields.put(
        "system",
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    fields.put(
        "jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    String options = System.getenv("HAKMEM_JAVA_OPTS");
    fields.put("jvm_options", options == null || options.isBlank() ? "-" : options.strip());
    fields.put("commit", commit(sources));
    return fields;
  }

  /** The folder of the software, which may lie in a clone. */
  public static Path sources() {
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

  private static String memory() {
    String kib = valueIn("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
    return kib.isEmpty()
        ? UNKNOWN
        : String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kib) / 1048576.0);
  }

  private static String governor() {
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
