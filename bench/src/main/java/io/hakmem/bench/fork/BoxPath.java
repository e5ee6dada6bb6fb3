package io.hakmem.bench.fork;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where this JVM found its modules, boxes of others included. Each JVM that it starts is given the
 * same.
 */
public final class BoxPath {

  private static final String CLASS_PATH = "java.class.path";

  private BoxPath() {}

  /** The module path, or null on the class path. */
  private static @Nullable String modulePath() {
    return System.getProperty("jdk.module.path");
  }

  /** What a JVM needs to run a class of the module {@code io.hakmem.bench} as this one does. */
  static List<String> call(String mainClass) throws IOException {
    String modules = modulePath();
    if (modules == null) {
      return List.of(
          "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty(CLASS_PATH), mainClass);
    }
    // The first JVM leaves its loaded classes to the others, which start in less than half the
    // time;
    // an archive that cannot be used is ignored without a word on standard output.
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + Scratch.folder().resolve("classes.jsa"),
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off",
        "--module-path",
        modules,
        "--enable-native-access=io.hakmem.core,io.hakmem.bench",
        "-m",
        "io.hakmem.bench/" + mainClass);
  }

  /** The entries as a class path, for JVMs that know no other: folders with all of their jars. */
  public static String asClassPath() {
    return entries()
        .map(path -> Files.isDirectory(path) && modulePath() != null ? path.resolve("*") : path)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<Path> entries() {
    String modules = modulePath();
    String text = modules == null ? System.getProperty(CLASS_PATH, "") : modules;
    return Stream.of(text.split(Pattern.quote(File.pathSeparator), -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of);
  }

  /** Whether a file is one of the entries, by whatever path it is named. */
  public static boolean has(Path file) {
    return entries().anyMatch(entry -> isSame(entry, file));
  }

  private static boolean isSame(Path entry, Path file) {
    try {
      return Files.isSameFile(entry, file);
    } catch (IOException e) {
      return false; // One of them is not there.
    }
  }
}
