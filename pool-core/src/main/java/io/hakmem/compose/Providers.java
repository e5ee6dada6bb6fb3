package io.hakmem.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the providers of a service. A jar that was made of many may have kept only one of their
 * service files; so an artifact may also name its providers in a list, which no other artifact has.
 * For one thread.
 */
final class Providers {

  /** The list: a class a line. Lines that begin with {@code #} are comments. */
  static final String LIST = "META-INF/hakmem/providers";

  private static volatile boolean isChecked;

  private final ClassLoader loader;
  private @Nullable List<String> listed;

  /** Those that a class loader finds. */
  Providers(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Those beside the core.
   *
   * @throws IllegalStateException if there is a core of another version too
   */
  static Providers ofCore() {
    ClassLoader own = Providers.class.getClassLoader();
    ClassLoader loader = own == null ? ClassLoader.getSystemClassLoader() : own;
    if (!isChecked && !Providers.class.getModule().isNamed()) {
      Versions.checkCopies(loader);
      isChecked = true; // A class path does not change.
    }
    return new Providers(loader);
  }

  ClassLoader loader() {
    return loader;
  }

  /**
   * Those that the service files name, in their order, then those that only a list names. Classes
   * of a list that are absent are left out, since a deployment may do without an artifact.
   *
   * @param type the service
   * @param loaded what its service files name
   * @throws IllegalStateException if a class of a list is there and cannot be made, or if one of
   *     this project is of another version than the core
   */
  <T> List<T> of(Class<T> type, ServiceLoader<T> loaded) {
    List<T> found = new ArrayList<>();
    Iterator<ServiceLoader.Provider<T>> services = loaded.stream().iterator();
    while (services.hasNext()) {
      ServiceLoader.Provider<T> provider = services.next();
      Versions.check(provider.type()); // Before anything of it runs.
      found.add(provider.get());
    }
    for (String name : listed()) {
      Class<?> provider = present(name);
      if (provider != null && type.isAssignableFrom(provider) && !hasOne(found, provider)) {
        Versions.check(provider);
        found.add(type.cast(made(provider)));
      }
    }
    return found;
  }

  private static boolean hasOne(List<?> found, Class<?> provider) {
    for (Object other : found) {
      if (other.getClass() == provider) {
        return true;
      }
    }
    return false;
  }

  /** Read once. Modules declare their providers themselves, and nothing loses that. */
  private List<String> listed() {
    List<String> names = listed;
    if (names == null) {
      names = Providers.class.getModule().isNamed() ? List.of() : readLists();
      listed = names;
    }
    return names;
  }

  private List<String> readLists() {
    List<String> names = new ArrayList<>();
    try {
      for (URL list : Collections.list(loader.getResources(LIST))) {
        try (InputStream text = list.openStream()) {
          String lines = new String(text.readAllBytes(), StandardCharsets.UTF_8);
          for (String line : lines.split("\n", -1)) {
            String name = line.strip();
            if (!name.isEmpty() && !name.startsWith("#")) {
              names.add(name);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + LIST, e);
    }
    return names;
  }

  private @Nullable Class<?> present(String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException absent) {
      return null;
    }
  }

  private static Object made(Class<?> provider) {
    try {
      return provider.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "%s of %s cannot be made".formatted(provider.getName(), LIST), e);
    }
  }

  /** What to do where a provider is missing, in words that fit to how the core was deployed. */
  static String remedy() {
    URL self = Providers.class.getResource("Providers.class");
    return remedy(
        Providers.class.getModule().isNamed(), self != null && self.getProtocol().equals("jrt"));
  }

  static String remedy(boolean isModule, boolean isImage) {
    if (isImage) {
      return "the artifact is io.hakmem:hakmem, and jlink takes it by --add-modules io.hakmem";
    }
    if (isModule) {
      return "add io.hakmem:hakmem to the module path";
    }
    return "add io.hakmem:hakmem to the class path; if one jar was made of many, keep "
        + LIST
        + ", or merge the files of META-INF/services (in Maven by ServicesResourceTransformer)";
  }
}
