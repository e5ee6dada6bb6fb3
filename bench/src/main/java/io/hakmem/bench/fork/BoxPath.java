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

  /**
   * What a JVM needs to run a class of the module {@code io.hakmem.bench} as this one does, or on
   * another path.
   */
  static List<String> call(String mainClass, @Nullable String path) throws IOException {
    if (!isOfModules()) {
      return List.of("--enable-native-access=ALL-UNNAMED", "-cp", chosen(path), mainClass);
    }
    String modules = chosen(path);
    // The first JVM leaves its loaded classes to the others, which start in less than half the
    // time;
    // an archive that cannot be used is ignored without a word on standard output.
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + Scratch.folder().resolve(archive(modules)),
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off",
        "--module-path",
        modules,
        "--enable-native-access=io.hakmem.core,io.hakmem.bench",
        "-m",
        "io.hakmem.bench/" + mainClass);
  }

  private static String chosen(@Nullable String path) {
    return path == null ? running() : path;
  }

  /** One for each path: an archive of other classes would be written anew by each JVM. */
  private static String archive(String modules) {
    return "classes-" + Integer.toHexString(modules.hashCode()) + ".jsa";
  }

  /** Whether this JVM and those that it starts have a module path; else they have a class path. */
  public static boolean isOfModules() {
    return modulePath() != null;
  }

  /** The module path of this JVM, or its class path. */
  public static String running() {
    String modules = modulePath();
    return modules == null ? System.getProperty(CLASS_PATH, "") : modules;
  }

  /** The entries as a class path, for JVMs that know no other: folders with all of their jars. */
  public static String asClassPath() {
    return entries()
        .map(path -> Files.isDirectory(path) && modulePath() != null ? path.resolve("*") : path)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<Path> entries() {
    return Stream.of(running().split(Pattern.quote(File.pathSeparator), -1))
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
