package io.hakmem.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.record.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The allocator of the process, where the environment asks for a recording. */
final class SharedRecordingTest {

  private static final String GATE = "hakmem.record";

  @TempDir private Path folder;

  /** While a recording writes a file, another one gets another name. */
  @Test
  void close_ofTheSharedOne_leavesTheRecordingRunning() throws IOException {
    Path file = folder.resolve("shared.trace").toAbsolutePath().normalize();
    System.setProperty(GATE, file.toString());
    try {
      HakAllocator shared = HakAllocator.shared();
      shared.free(shared.allocate(100));
      shared.close();
      shared.free(shared.allocate(100));
    } finally {
      System.clearProperty(GATE);
    }
    try (Recorder other = Objects.requireNonNull(Recorder.of("attach", 0, 0))) {
      assertThat(other.start(file.toString(), 0, 0)).isEqualTo(Path.of(file + "-2"));
    }
  }
}
