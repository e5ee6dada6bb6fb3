package io.hakmem.compose;

import io.hakmem.memory.PageSources;
import io.hakmem.pool.PoolV1;
import io.hakmem.settings.ClassTable;
import io.hakmem.settings.CoreGates;
import io.hakmem.settings.Inputs;
import io.hakmem.settings.SettingsResolver;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.Checks;
import io.hakmem.spi.Gate;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.Settings;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The one place that creates boxes: reads the gates once and puts the parts together. */
public final class Composition {

  /** Blocks carry no header; these are the bytes that one would take in the original. */
  private static final long HEADER_BYTES = 16;

  private static final Map<String, String> ABSENT_BOXES =
      Map.of(
          "HAKMEM_MID_DESC_", "io.hakmem:mid-desc",
          "HAKMEM_POOL_V1_FLATTEN_", "io.hakmem:pool-v1-flat",
          "HAKMEM_POOL_V2_", "io.hakmem:pool-v2",
          "HAKMEM_SMALLMID_", "io.hakmem:smallmid",
          "HAKMEM_TINY_", "io.hakmem:tiny-front",
          "HAKMEM_SMALL_HEAP_", "io.hakmem:tiny-front");

  private final Settings settings;
  private final String directoryName;
  private final PageDirectory directory;
  private final PageSource source;
  private final RegionSupply supply;
  private final PoolBox pool;

  private Composition(Settings settings) {
    this.settings = settings;
    PageDirectoryProvider provider = directoryProvider();
    this.directoryName = provider.name();
    this.directory = provider.create();
    this.source = PageSources.select(settings.get(CoreGates.PAGE_SOURCE));
    this.supply =
        new RegionSupply(
            source,
            new RegionSupply.Limits(
                settings.get(CoreGates.REGION_BYTES),
                settings.get(CoreGates.MEMORY_LIMIT),
                settings.get(CoreGates.LARGE_MAPPING_BYTES),
                settings.get(CoreGates.COMMIT_BYTES),
                settings.get(CoreGates.DECAY_MS)),
            System::nanoTime);
    this.pool = new PoolV1(boxContext(), blockSizes());
  }

  /**
   * Composes from the environment, the system properties and what the program set.
   *
   * @throws io.hakmem.SettingsException if a gate or value is not accepted
   * @throws IllegalStateException if no page directory is present
   */
  public static Composition compose(Map<String, String> builder) {
    return new Composition(settings(builder));
  }

  /** The gates as they would be read now. */
  public static Settings settings(Map<String, String> builder) {
    return new SettingsResolver(List.of(), List.of(), ABSENT_BOXES)
        .resolve(Inputs.ofProcess(builder));
  }

  /** The parts, classes and gates, a line each. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    long[] sizes = pool.blockSizes();
    text.append("page source  ").append(source.name()).append('\n');
    text.append("directory    ").append(directoryName).append('\n');
    text.append(
        "box          %s: %d classes, %d-%d B%n"
            .formatted(pool.name(), sizes.length, sizes[0], sizes[sizes.length - 1]));
    text.append("above        runs of pages, then a clear out-of-memory\n");
    for (Gate<?> gate : settings.gates()) {
      text.append(
          "gate         %s=%s (%s)%n"
              .formatted(gate.name(), settings.text(gate), settings.source(gate)));
    }
    return text.toString();
  }

  PageDirectory directory() {
    return directory;
  }

  RegionSupply supply() {
    return supply;
  }

  PoolBox pool() {
    return pool;
  }

  boolean checked() {
    return settings.get(CoreGates.CHECKS) == Checks.ON;
  }

  /** The largest block size of which a new heap takes a page; a limit must not be used up idly. */
  long prefillBytes() {
    return settings.get(CoreGates.MEMORY_LIMIT) > 0 ? 0 : settings.get(CoreGates.HEAP_PREFILL);
  }

  /** The one place that says how many leading bytes of a block are zeroed. */
  long zeroedBytes() {
    return switch (settings.get(CoreGates.ZERO_MODE)) {
      case FULL -> Long.MAX_VALUE;
      case HEADER -> HEADER_BYTES;
      case OFF -> 0;
    };
  }

  private long[] blockSizes() {
    return settings.get(CoreGates.POOL_CLASSES) == ClassTable.FINE
        ? SizeTables.fine()
        : SizeTables.original();
  }

  private BoxContext boxContext() {
    return new BoxContext(
        directory,
        supply,
        checked(),
        Math.toIntExact(settings.get(CoreGates.POOL_RING_CAPACITY)),
        Math.toIntExact(settings.get(CoreGates.POOL_LO_CAPACITY)));
  }

  private static PageDirectoryProvider directoryProvider() {
    List<PageDirectoryProvider> found =
        ServiceLoader.load(PageDirectoryProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "no page directory on the module path or class path: add io.hakmem:mid-desc");
    }
    if (found.size() > 1) {
      throw new IllegalStateException(
          "only one page directory may be present, found "
              + found.stream().map(PageDirectoryProvider::name).toList());
    }
    return found.getFirst();
  }
}
