package io.hakmem.bench.fork;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A process that does not outlive this JVM, nor the block that opened it. */
final class Child implements AutoCloseable {

  private final Process process;
  private final Thread onShutdown;

  /**
   * Starts the process, whose input has no bytes, and ends with this JVM.
   *
   * @throws IllegalStateException if this JVM is stopping already
   */
  Child(ProcessBuilder builder) throws IOException {
    Starter starter = new Starter();
    onShutdown = new Thread(starter::stop, "hakmem-fork-stop");
    Runtime.getRuntime().addShutdownHook(onShutdown);
    try {
      process = starter.start(builder);
    } catch (IOException | IllegalStateException e) {
      forgetHook();
      throw e;
    }
  }

  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    forgetHook();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Nobody reads it any more.
    }
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(onShutdown);
    } catch (IllegalStateException e) {
      // This JVM is stopping: the hook runs, and stops the process as well.
    }
  }

  /** Orders a start and a stop from two threads: a process started too late is never started. */
  private static final class Starter {

    private boolean stopped;
    private @Nullable Process process;

    synchronized Process start(ProcessBuilder builder) throws IOException {
      if (stopped) {
        throw new IllegalStateException("this JVM is stopping");
      }
      process = builder.start();
      return process;
    }

    synchronized void stop() {
      stopped = true;
      if (process != null) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }
}
