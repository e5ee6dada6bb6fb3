package io.hakmem.bench.top;

import java.io.IOException;
import picocli.CommandLine.Parameters;

/** The running JVM that a command looks at. */
public final class ProcessOption {

  @Parameters(paramLabel = "PID", description = "A process of this machine and user.")
  private long pid;

  long pid() {
    return pid;
  }

  /** Connects to it; see {@link JvmConnection#ofProcess}. */
  public JvmConnection connect() throws IOException {
    return JvmConnection.ofProcess(pid);
  }
}
