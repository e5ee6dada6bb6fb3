package io.hakmem.bench.fork;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one folder for the temporary files of this JVM and of those that it starts. When this JVM
 * ends, or is asked to, its processes end and the folder goes; after a kill the next JVM that has
 * such a folder deletes it.
 */
public final class Scratch {

  private static final String PREFIX = "hakmem-run-";

  private static final int MOST_LOOKS = 100;

  private static @Nullable Path folder;

  private Scratch() {}

  /** The folder, made if need be. */
  public static synchronized Path folder() throws IOException {
    if (folder == null) {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      deleteOrphans(temporary);
      Path own = Files.createTempDirectory(temporary, PREFIX + ProcessHandle.current().pid() + "-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(own), "hakmem-scratch"));
      folder = own;
    }
    return folder;
  }

  /**
   * Other threads of this JVM go on meanwhile, and may start a process or write a file yet: so it
   * looks again, and who asks for the folder waits until the JVM is gone.
   */
  private static synchronized void end(Path own) {
    for (int look = 0; look == 0 || (look < MOST_LOOKS && Files.exists(own)); look++) {
      List<ProcessHandle> processes = ProcessHandle.current().descendants().toList();
      processes.forEach(ProcessHandle::destroyForcibly);
      processes.forEach(process -> process.onExit().join()); // Else they write on.
      delete(own);
    }
  }

  private static void deleteOrphans(Path temporary) throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      entries.filter(Scratch::isOrphan).toList().forEach(Scratch::delete);
    }
  }

  private static boolean isOrphan(Path entry) {
    String name = entry.getFileName().toString();
    if (!name.matches(PREFIX + "\\d+-\\d+")) {
      return false;
    }
    long pid = Long.parseLong(name.substring(PREFIX.length(), name.lastIndexOf('-')));
    Optional<ProcessHandle> owner = ProcessHandle.of(pid);
    return owner.isEmpty() || !owner.get().isAlive();
  }

  /** As far as it can be deleted; what is another user's stays. */
  private static void delete(Path tree) {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is tried again by the next JVM.
    }
  }
}
