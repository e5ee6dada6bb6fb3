package io.hakmem.bench.builds;

import io.hakmem.bench.fork.BoxPath;
import io.hakmem.fuzz.Fuzz;
import io.hakmem.jmh.Measures;
import io.hakmem.spi.PoolBoxProvider;
import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an allocator comes from that is measured. The loads and what they need come from the
 * running build always.
 *
 * @param folder the modules of another build, or null for the allocator of the running one
 * @param commit what people call the commit that the folder was built from, or null
 */
public record AllocatorBuild(@Nullable Path folder, @Nullable String commit) {

  /** The build that runs. */
  public static final AllocatorBuild RUNNING = new AllocatorBuild(null, null);

  /** The module of the loads. */
  public static final String BENCH = "io.hakmem.bench";

  /** Modules that are no allocator, but measure or try one; another build may lack them. */
  private static final Set<String> TOOLS =
      Set.of(BENCH, Fuzz.class.getPackageName(), Measures.class.getPackageName());

  private static final String PROJECT = "io.hakmem.";
  private static final String CORE = "io.hakmem.core";

  /** What a box declares that it provides, whoever wrote it. */
  private static final String SPI = PoolBoxProvider.class.getPackageName() + ".";

  /**
   * Looks whether the folder holds an allocator.
   *
   * @throws IllegalArgumentException if it does not
   */
  public AllocatorBuild {
    if (folder != null) {
      check(folder);
    }
  }

  /**
   * The allocator of a folder, or the running one.
   *
   * @param option the name of the option that the folder was given by
   * @throws IllegalArgumentException if it holds none; the message begins with the option
   */
  public static AllocatorBuild of(String option, @Nullable Path folder) {
    try {
      return new AllocatorBuild(folder, null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + "=" + e.getMessage(), e);
    }
  }

  private static void check(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is no folder");
    }
    try {
      if (ModuleFinder.of(folder).find(CORE).isEmpty()) {
        throw new IllegalArgumentException(
            folder + " holds no module " + CORE + "; a build makes bench/target/modules");
      }
    } catch (FindException e) {
      throw new IllegalArgumentException(folder + ": " + e.getMessage(), e);
    }
  }

  /** What people call it; empty for the running one. */
  public String name() {
    return name(modules(), commit);
  }

  /** The same of what is left of a build in a result. */
  public static String name(@Nullable String modules, @Nullable String commit) {
    if (commit != null) {
      return "commit " + commit;
    }
    return modules == null ? "" : "build of " + modules;
  }

  /** The folder that was given; null for a commit, whose folder goes with this JVM. */
  public @Nullable String modules() {
    return folder == null || commit != null ? null : folder.toString();
  }

  /** Whether both are one build, whatever people call it. */
  public boolean isSameAs(AllocatorBuild other) {
    return Objects.equals(folder, other.folder);
  }

  /** The modules that a side defines anew, those of the running build out of its module path. */
  public ModuleFinder modules(String path) {
    ModuleFinder running = ModuleFinder.of(paths(path).toArray(Path[]::new));
    if (folder == null) {
      return new ChosenModules(running, found -> isAllocator(found) || isTool(found));
    }
    return ModuleFinder.compose(
        new ChosenModules(running, AllocatorBuild::isTool),
        new ChosenModules(
            ModuleFinder.of(folder),
            found -> isAllocator(found) || running.find(found.name()).isEmpty()));
  }

  /** The places of a side's classes, those of the running build out of its class path. */
  public URL[] places(String path) {
    if (folder == null) {
      return paths(path).map(entry -> url(entry.toUri())).toArray(URL[]::new);
    }
    Stream<URI> running = paths(path).filter(entry -> !holdsAllocator(entry)).map(Path::toUri);
    Stream<URI> other =
        new ChosenModules(ModuleFinder.of(folder), AllocatorBuild::isAllocator)
            .findAll().stream().map(ModuleReference::location).flatMap(uri -> uri.stream());
    return Stream.concat(running, other).map(AllocatorBuild::url).toArray(URL[]::new);
  }

  /**
   * The module path or class path of a JVM that runs the loads of the running build with this
   * allocator; null for the path of this JVM.
   */
  public @Nullable String path() {
    return folder == null ? null : path(folder, BoxPath.running());
  }

  private String path(Path other, String running) {
    if (!BoxPath.isOfModules()) {
      return Stream.of(places(running))
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    ModuleFinder own = ModuleFinder.of(paths(running).toArray(Path[]::new));
    Stream<ModuleReference> kept =
        own.findAll().stream().filter(found -> !isAllocator(found.descriptor()));
    Stream<ModuleReference> taken =
        new ChosenModules(ModuleFinder.of(other), AllocatorBuild::isAllocator).findAll().stream();
    return Stream.concat(kept, taken)
        .flatMap(found -> found.location().stream())
        .map(location -> Path.of(location).toString())
        .sorted()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<Path> paths(String path) {
    return Arrays.stream(path.split(File.pathSeparator, -1)).map(Path::of).filter(Files::exists);
  }

  private static boolean holdsAllocator(Path entry) {
    try {
      return ModuleFinder.of(entry).findAll().stream()
          .anyMatch(found -> isAllocator(found.descriptor()));
    } catch (FindException e) {
      return false; // What cannot be a module is no module of an allocator.
    }
  }

  private static boolean isTool(ModuleDescriptor found) {
    return TOOLS.contains(found.name());
  }

  private static boolean isAllocator(ModuleDescriptor found) {
    boolean isBox = found.provides().stream().anyMatch(use -> use.service().startsWith(SPI));
    return (found.name().startsWith(PROJECT) || isBox) && !isTool(found);
  }

  private static URL url(URI place) {
    try {
      return place.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  /** Those modules of a finder that are wanted. */
  private record ChosenModules(ModuleFinder all, Predicate<ModuleDescriptor> wanted)
      implements ModuleFinder {

    @Override
    public Optional<ModuleReference> find(String name) {
      return all.find(name).filter(found -> wanted.test(found.descriptor()));
    }

    @Override
    public Set<ModuleReference> findAll() {
      return all.findAll().stream()
          .filter(found -> wanted.test(found.descriptor()))
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
