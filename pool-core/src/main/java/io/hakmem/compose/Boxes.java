package io.hakmem.compose;

import io.hakmem.BoxFailedException;
import io.hakmem.SettingsException;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Profile;
import io.hakmem.gate.Profiles;
import io.hakmem.gate.Settings;
import io.hakmem.settings.CoreGates;
import io.hakmem.settings.Inputs;
import io.hakmem.settings.SettingsResolver;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the deployment put on the module path or class path, found as services. */
public final class Boxes {

  private final List<PageDirectoryProvider> directories;
  private final List<PoolBoxProvider> pools;

  Boxes(List<PageDirectoryProvider> directories, List<PoolBoxProvider> pools) {
    this.directories = directories;
    this.pools = inOrder(pools);
  }

  /** Those of this moment. */
  public static Boxes found() {
    Providers providers = Providers.ofCore();
    return new Boxes(
        providers.of(
            PageDirectoryProvider.class,
            ServiceLoader.load(PageDirectoryProvider.class, providers.loader())),
        providers.of(
            PoolBoxProvider.class, ServiceLoader.load(PoolBoxProvider.class, providers.loader())));
  }

  /** These and others, which no service file names. */
  Boxes with(List<PoolBoxProvider> unlisted) {
    List<PoolBoxProvider> all = new ArrayList<>(pools);
    all.addAll(unlisted);
    return new Boxes(directories, all);
  }

  /** By place, and by name at one place. */
  private static List<PoolBoxProvider> inOrder(List<PoolBoxProvider> pools) {
    Map<String, PoolBoxProvider> byName = new TreeMap<>();
    for (PoolBoxProvider pool : pools) {
      String name = BoxCheck.name(pool, pool.name());
      PoolBoxProvider other = byName.put(name, pool);
      if (other != null) {
        throw new BoxFailedException(
            "two boxes have the name %s, only one of %s and %s may be present"
                .formatted(name, other.getClass().getName(), pool.getClass().getName()));
      }
    }
    List<PoolBoxProvider> inOrder = new ArrayList<>();
    for (PoolBoxProvider pool : byName.values()) {
      int at = inOrder.size();
      while (at > 0 && inOrder.get(at - 1).place() > pool.place()) {
        at--;
      }
      inOrder.add(at, pool);
    }
    return List.copyOf(inOrder);
  }

  /** Pool boxes, those that are asked first in front. */
  List<PoolBoxProvider> pools() {
    return pools;
  }

  /** The one page directory. */
  PageDirectoryProvider directory() {
    if (directories.isEmpty()) {
      throw new IllegalStateException("no page directory was found: " + Providers.remedy());
    }
    if (directories.size() > 1) {
      throw new IllegalStateException(
          "only one page directory may be present, found "
              + directories.stream().map(PageDirectoryProvider::name).toList());
    }
    return directories.getFirst();
  }

  /**
   * The gates as they would be read now.
   *
   * @throws io.hakmem.SettingsException if a gate or value is not accepted
   */
  public Settings settings(Map<String, String> builder) {
    return settings(Inputs.ofProcess(builder), null);
  }

  /** The same with a profile of the program beside those that are found. */
  Settings settings(Inputs inputs, @Nullable Profile added) {
    List<Gate<?>> gates = new ArrayList<>();
    for (Declared each : declared()) {
      gates.add(each.gate);
    }
    return new SettingsResolver(gates, with(added), names()).resolve(inputs);
  }

  private List<Profile> with(@Nullable Profile added) {
    List<Profile> known = profiles();
    if (added == null || known.contains(added)) {
      return known;
    }
    for (Profile other : known) {
      if (other.name().equalsIgnoreCase(added.name())) {
        throw new SettingsException(
            "profile %s, set by %s, has other values than the one of its name; give it another name"
                .formatted(added.name(), SettingsResolver.BUILDER));
      }
    }
    List<Profile> all = new ArrayList<>(known);
    all.add(added);
    return all;
  }

  /** The directory with the last box. */
  Boxes lastAlone() {
    return new Boxes(directories, List.of(pools.getLast()));
  }

  /** The name of the box that declares a gate. */
  public String boxOf(Gate<?> gate) {
    for (Declared each : declared()) {
      if (each.gate == gate) {
        return each.box;
      }
    }
    return CoreGates.BOX;
  }

  /** A gate and the name of its box. */
  private record Declared(Gate<?> gate, String box) {}

  private List<Declared> declared() {
    List<Declared> all = new ArrayList<>();
    for (PageDirectoryProvider directory : directories) {
      for (Gate<?> gate : directory.gates()) {
        all.add(new Declared(gate, directory.name()));
      }
    }
    for (PoolBoxProvider pool : pools) {
      String name = pool.name();
      for (Gate<?> gate : gatesOf(name, pool)) {
        all.add(new Declared(gate, name));
      }
    }
    return all;
  }

  private static List<Gate<?>> gatesOf(String name, PoolBoxProvider pool) {
    try {
      return pool.gates();
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "gates()", thrown);
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (PageDirectoryProvider directory : directories) {
      names.add(directory.name());
    }
    for (PoolBoxProvider pool : pools) {
      names.add(pool.name());
    }
    return names;
  }

  /** The profiles of the core and all boxes. */
  public List<Profile> profiles() {
    List<Profile> all = new ArrayList<>(Profiles.ALL);
    for (PoolBoxProvider pool : pools) {
      all.addAll(pool.profiles());
    }
    return List.copyOf(all);
  }
}
