package io.hakmem.compose;

import io.hakmem.HakmemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Whether the artifacts of this project that a deployment has are of one version. Where nothing
 * says a version, as in a folder of classes, nothing is refused.
 */
final class Versions {

  private static final String ONE_VERSION =
      "give all artifacts of io.hakmem one version, as the BOM io.hakmem:hakmem-bom does";

  /** Of which every artifact of this project has packages below. */
  private static final String ROOT = HakmemException.class.getPackageName() + ".";

  private Versions() {}

  /**
   * Refuses a class of this project that is of another version than the core.
   *
   * @throws IllegalStateException if it is
   */
  static void check(Class<?> provider) {
    if (provider.getName().startsWith(ROOT)) {
      check(provider.getName(), of(provider), of(Versions.class));
    }
  }

  static void check(String provider, @Nullable String version, @Nullable String core) {
    if (version != null && core != null && !version.equals(core)) {
      throw new IllegalStateException(
          "%s is of version %s, but the core of version %s: %s"
              .formatted(provider, version, core, ONE_VERSION));
    }
  }

  /** Of the artifact that the class came with. */
  private static @Nullable String of(Class<?> type) {
    ModuleDescriptor module = type.getModule().getDescriptor();
    return module == null
        ? type.getPackage().getImplementationVersion()
        : module.rawVersion().orElse(null);
  }

  /**
   * Refuses two cores of different versions on one class path, of which the first would serve boxes
   * that were made for the second. On a module path the JVM refuses them.
   *
   * @throws IllegalStateException if there are two
   */
  static void checkCopies(ClassLoader loader) {
    String file = Versions.class.getName().replace('.', '/') + ".class";
    Map<String, URL> byVersion = new LinkedHashMap<>();
    try {
      List<URL> copies = copies(loader, file);
      if (copies.size() > 1) { // To open one takes some ms of the start of a program.
        for (URL copy : copies) {
          String version = version(copy);
          if (version != null) {
            byVersion.putIfAbsent(version, copy);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for other versions", e);
    }
    if (byVersion.size() > 1) {
      throw new IllegalStateException(
          "the class path has the core more than once, as %s: %s"
              .formatted(byVersion, ONE_VERSION));
    }
  }

  /** What the loader finds beside its parent, each once. */
  private static List<URL> copies(ClassLoader loader, String file) throws IOException {
    Map<String, URL> copies = new LinkedHashMap<>();
    for (URL copy : Collections.list(loader.getResources(file))) {
      copies.put(copy.toString(), copy);
    }
    if (loader.getParent() != null) {
      for (URL ofOther : Collections.list(loader.getParent().getResources(file))) {
        copies.remove(ofOther.toString());
      }
    }
    return List.copyOf(copies.values());
  }

  private static @Nullable String version(URL copy) throws IOException {
    URLConnection connection = copy.openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      return null;
    }
    jar.setUseCaches(false);
    try (var file = jar.getJarFile()) {
      Manifest manifest = file.getManifest();
      return manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    }
  }
}
