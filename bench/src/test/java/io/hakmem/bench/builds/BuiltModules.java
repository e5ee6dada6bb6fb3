package io.hakmem.bench.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.spi.ToolProvider;

/** The allocator of the running build as another build has it: jars in a folder of modules. */
public final class BuiltModules {

  private static final String CORE = "io.hakmem.core";

  private BuiltModules() {}

  /** Puts them into a folder, which is made if need be; returns it. */
  public static Path putInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      for (ModuleReference found : modules(Path.of(entry))) {
        ModuleDescriptor module = found.descriptor();
        if (module.name().startsWith("io.hakmem.")
            && !module.isAutomatic()
            && !module.name().equals(AllocatorBuild.BENCH)) {
          put(Path.of(entry), folder.resolve(module.name() + ".jar"));
        }
      }
    }
    assertThat(folder.resolve(CORE + ".jar")).exists();
    return folder;
  }

  private static Set<ModuleReference> modules(Path entry) {
    try {
      return ModuleFinder.of(entry).findAll();
    } catch (FindException e) {
      return Set.of(); // It is no module, as many entries of a class path are none.
    }
  }

  private static void put(Path classes, Path jar) throws IOException {
    if (Files.isRegularFile(classes)) {
      Files.copy(classes, jar);
      return;
    }
    StringWriter said = new StringWriter();
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                new PrintWriter(said, true),
                new PrintWriter(said, true),
                "--create",
                "--file=" + jar,
                "-C",
                classes.toString(),
                ".");
    assertThat(code).as(said.toString()).isZero();
  }

  /** Takes a class away, as a build has it that is older than the class. */
  public static void remove(Path folder, Class<?> type) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(folder.resolve(CORE + ".jar"))) {
      Files.delete(jar.getPath(type.getName().replace('.', '/') + ".class"));
    }
  }
}
