package io.hakmem.bench.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loaded classes of one fork for the next: what a fork does before it measures takes less than
 * half as long. The first fork writes the archive when it ends; one that cannot be used is ignored.
 */
final class ClassArchive {

  private static final String NAME = "classes.jsa";

  private static @Nullable Path archive;

  private ClassArchive() {}

  /** The options of the JVM, which says nothing of the archive on its standard output. */
  static List<String> options() throws IOException {
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + archive(),
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off");
  }

  private static synchronized Path archive() throws IOException {
    if (archive == null) {
      archive = Scratch.folder().resolve(NAME);
    }
    return archive;
  }
}
