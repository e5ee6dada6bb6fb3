package io.hakmem.bench.profile;

import io.hakmem.HakAllocator;
import io.hakmem.heap.LocalHeap;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PoolBoxProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Which part of the program a Java frame is in: a box by the package of its provider, else what the
 * package of the core is called.
 */
final class FrameParts {

  static final String CLEARING = "clearing";

  private static final String ROOT = frame(HakAllocator.class.getPackageName());

  /** Not exported, so that only their names can be here; a test looks for them. */
  private static final List<String> CLEARS =
      List.of(
          "io/hakmem/engine/Clearing.clear",
          "io/hakmem/engine/Clearing.clearOwn",
          "io/hakmem/memory/ZeroFill.zero");

  private static final String SLOW_PATHS = "io/hakmem/engine";

  private final Map<String, String> partByPackage = new HashMap<>();

  /** Those of the boxes that are installed now. */
  FrameParts() {
    put(HakAllocator.class, "entry");
    put(LocalHeap.class, "hot path");
    partByPackage.put(SLOW_PATHS, "slow paths");
    partByPackage.put("io/hakmem/bench", "driver");
    for (PageDirectoryProvider provider : ServiceLoader.load(PageDirectoryProvider.class)) {
      put(provider.getClass(), provider.name());
    }
    for (PoolBoxProvider provider : ServiceLoader.load(PoolBoxProvider.class)) {
      put(provider.getClass(), provider.name());
    }
  }

  private void put(Class<?> type, String part) {
    partByPackage.put(frame(type.getPackageName()), part);
  }

  private static String frame(String name) {
    return name.replace('.', '/');
  }

  static boolean isOurs(String frame) {
    return frame.startsWith(ROOT + '/');
  }

  static boolean clears(String frame) {
    return CLEARS.contains(frame);
  }

  /** The part of a frame of ours: that of its package, or of the nearest one around it. */
  String of(String frame) {
    String own = frame.substring(0, frame.lastIndexOf('/'));
    if (own.equals(ROOT)) {
      return partByPackage.getOrDefault(ROOT, ROOT);
    }
    for (String each = own; isOurs(each); each = each.substring(0, each.lastIndexOf('/'))) {
      String part = partByPackage.get(each);
      if (part != null) {
        return part;
      }
    }
    return own.substring(ROOT.length() + 1).split("/", -1)[0];
  }
}
