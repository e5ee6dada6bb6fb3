package io.hakmem.compose;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionsTest {

  @TempDir private Path folder;

  /** A jar that has the core, as far as its versions are looked at. */
  private URL core(String name, @Nullable String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (version != null) {
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    }
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry(Versions.class.getName().replace('.', '/') + ".class"));
      out.closeEntry();
    }
    return jar.toUri().toURL();
  }

  private static void check(@Nullable ClassLoader parent, URL... jars) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(jars, parent)) {
      Versions.checkCopies(loader);
    }
  }

  @Test
  void checkCopies_ofTwoVersions_namesBothAndTheBom() throws IOException {
    URL first = core("first.jar", "1.0");
    URL second = core("second.jar", "1.1");
    assertThatThrownBy(() -> check(null, first, second))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "more than once", "1.0=", "first.jar", "1.1=", "second.jar", "io.hakmem:hakmem-bom");
  }

  @Test
  void checkCopies_ofOneVersionOrNone_isQuiet() throws IOException {
    URL first = core("first.jar", "1.0");
    URL second = core("second.jar", "1.0");
    URL unknown = core("unknown.jar", null);
    assertThatCode(() -> check(null, first, second, unknown)).doesNotThrowAnyException();
  }

  /** A loader may have a core of its own, and let its parent have another. */
  @Test
  void checkCopies_ofAParent_areNoneOfTheLoader() throws IOException {
    URL first = core("first.jar", "1.0");
    URL second = core("second.jar", "1.1");
    try (URLClassLoader parent = new URLClassLoader(new URL[] {first}, null)) {
      assertThatCode(() -> check(parent, second)).doesNotThrowAnyException();
    }
  }

  @Test
  void check_ofAnotherVersionThanTheCore_saysBoth() {
    assertThatThrownBy(() -> Versions.check("io.hakmem.some.Box", "1.1", "1.0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "io.hakmem.some.Box is of version 1.1, but the core of version 1.0: ")
        .hasMessageContaining("io.hakmem:hakmem-bom");
  }

  @Test
  void check_ofTheSameOrNoVersion_isQuiet() {
    assertThatCode(
            () -> {
              Versions.check("io.hakmem.some.Box", "1.0", "1.0");
              Versions.check("io.hakmem.some.Box", null, "1.0");
              Versions.check("io.hakmem.some.Box", "1.0", null);
            })
        .doesNotThrowAnyException();
  }
}
