package io.hakmem.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link AllocatorAtWork} in a JVM of its own, which ends with this. */
public final class WorkingJvm implements AutoCloseable {

  private final Process process;

  /** Starts it and waits until its allocators are there. */
  public WorkingJvm(List<String> options, String... beans) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--class-path"));
    command.addAll(
        List.of(System.getProperty("java.class.path", ""), AllocatorAtWork.class.getName()));
    command.addAll(List.of(beans));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    process = OwnSettings.leaveOutOf(builder).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = out.readLine();
    if (!"ready".equals(line)) {
      process.destroyForcibly();
      throw new IllegalStateException("not ready but: " + line);
    }
  }

  /** Its process id. */
  public String pid() {
    return Long.toString(process.pid());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
