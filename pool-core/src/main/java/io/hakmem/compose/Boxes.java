package io.hakmem.compose;

import io.hakmem.BoxFailedException;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Profile;
import io.hakmem.settings.CoreProfiles;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the deployment put on the module path or class path, found as services. */
final class Boxes {

  /** Which artifact to add for a gate of a box that is not there. */
  static final Map<String, String> ARTIFACT_BY_GATE_PREFIX =
      Map.of(
          "HAKMEM_MID_DESC_", "io.hakmem:mid-desc",
          "HAKMEM_POOL_V1_FLATTEN_", "io.hakmem:pool-v1-flat",
          "HAKMEM_POOL_V2_", "io.hakmem:pool-v2",
          "HAKMEM_SMALLMID_", "io.hakmem:smallmid",
          "HAKMEM_TINY_", "io.hakmem:tiny-front",
          "HAKMEM_SMALL_HEAP_", "io.hakmem:tiny-front");

  private final List<PageDirectoryProvider> directories;
  private final List<PoolBoxProvider> pools;

  Boxes(List<PageDirectoryProvider> directories, List<PoolBoxProvider> pools) {
    this.directories = directories;
    this.pools = inOrder(pools);
  }

  static Boxes found() {
    return new Boxes(services(PageDirectoryProvider.class), services(PoolBoxProvider.class));
  }

  private static <T> List<T> services(Class<T> type) {
    return ServiceLoader.load(type, Boxes.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
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
    return byName.values().stream()
        .sorted(Comparator.comparingInt(PoolBoxProvider::place))
        .toList();
  }

  /** Pool boxes, those that are asked first in front. */
  List<PoolBoxProvider> pools() {
    return pools;
  }

  /** The one page directory. */
  PageDirectoryProvider directory() {
    if (directories.isEmpty()) {
      throw new IllegalStateException(
          "no page directory on the module path or class path: add io.hakmem:mid-desc");
    }
    if (directories.size() > 1) {
      throw new IllegalStateException(
          "only one page directory may be present, found "
              + directories.stream().map(PageDirectoryProvider::name).toList());
    }
    return directories.getFirst();
  }

  /** The gates of all boxes. */
  List<Gate<?>> gates() {
    List<Gate<?>> gates = new ArrayList<>();
    directories.forEach(directory -> gates.addAll(directory.gates()));
    pools.forEach(pool -> gates.addAll(BoxCalls.of(pool.name(), "gates()", pool::gates)));
    return gates;
  }

  /** The profiles of the core and all boxes. */
  List<Profile> profiles() {
    return Stream.concat(
            CoreProfiles.ALL.stream(), pools.stream().flatMap(pool -> pool.profiles().stream()))
        .toList();
  }
}
