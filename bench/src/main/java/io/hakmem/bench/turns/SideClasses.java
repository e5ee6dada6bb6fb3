package io.hakmem.bench.turns;

import io.hakmem.bench.builds.AllocatorBuild;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Defines the classes of a side once more: HotSpot profiles and compiles the methods of each class
 * by themselves, so that a side sees nothing of the others.
 */
final class SideClasses {

  private static final String ENTRY = SideLoop.class.getName();

  private SideClasses() {}

  /** The class that a side begins with, of a loader that defines it and the allocator. */
  static Class<?> entry(AllocatorBuild build) throws ClassNotFoundException {
    String modules = System.getProperty("jdk.module.path");
    return SideLoop.class.getModule().isNamed() && modules != null
        ? inLayer(build.modules(modules))
        : onClassPath(build);
  }

  @SuppressWarnings("restricted")
  private static Class<?> inLayer(ModuleFinder modules) throws ClassNotFoundException {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        Configuration.resolveAndBind(
            modules,
            List.of(boot.configuration()),
            ModuleFinder.of(),
            Set.of(AllocatorBuild.BENCH));
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(boot), ClassLoader.getPlatformClassLoader());
    for (Module module : layer.layer().modules()) {
      Optional<Module> running = boot.findModule(module.getName());
      if (running.filter(Module::isNativeAccessEnabled).isPresent()) {
        layer.enableNativeAccess(module);
      }
    }
    Module bench = layer.layer().findModule(AllocatorBuild.BENCH).orElseThrow();
    layer.addExports(bench, SideLoop.class.getPackageName(), SideLoop.class.getModule());
    return bench.getClassLoader().loadClass(ENTRY);
  }

  /** The loader stays open as long as the JVM, which runs one comparison. */
  private static Class<?> onClassPath(AllocatorBuild build) throws ClassNotFoundException {
    URLClassLoader loader =
        new URLClassLoader(
            build.places(System.getProperty("java.class.path")),
            ClassLoader.getPlatformClassLoader());
    return loader.loadClass(ENTRY);
  }
}
