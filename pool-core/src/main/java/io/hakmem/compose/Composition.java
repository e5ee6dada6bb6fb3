package io.hakmem.compose;

import io.hakmem.guard.Guard;
import io.hakmem.guard.LeakSampler;
import io.hakmem.memory.GuardedSource;
import io.hakmem.memory.PageSources;
import io.hakmem.settings.Checks;
import io.hakmem.settings.CoreGates;
import io.hakmem.settings.Inputs;
import io.hakmem.settings.SettingsResolver;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.Decay;
import io.hakmem.spi.Gate;
import io.hakmem.spi.Interval;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one place that creates boxes: reads the gates once and puts the parts together. */
public final class Composition {

  /** Blocks carry no header; these are the bytes that one would take in the original. */
  private static final long HEADER_BYTES = 16;

  private final Settings settings;
  private final String directoryName;
  private final PageDirectory directory;
  private final PageSource source;
  private final GuardedSource guarded;
  private final SharedLimit shared;
  private final RegionSupply supply;
  private final ReclaimingSupply reclaiming;
  private final LargeBlocks large;
  private final List<PoolBox> pools;

  private Composition(
      Boxes boxes, Settings settings, @Nullable PageSource handedIn, SharedLimit shared) {
    this.settings = settings;
    this.shared = shared;
    PageDirectoryProvider provider = boxes.directory();
    this.directoryName = provider.name();
    this.directory = provider.create(settings);
    this.source =
        handedIn == null ? PageSources.select(settings.get(CoreGates.PAGE_SOURCE)) : handedIn;
    this.guarded = new GuardedSource(source);
    this.supply = newSupply();
    this.reclaiming = new ReclaimingSupply(supply, this::reclaim);
    this.large = new LargeBlocks(directory, reclaiming);
    this.pools = chain(boxes.pools(), reclaiming);
  }

  private RegionSupply newSupply() {
    return new RegionSupply(
        guarded,
        shared.account(settings.get(CoreGates.MEMORY_LIMIT), () -> reclaiming.trim()),
        new RegionSupply.Limits(
            settings.get(CoreGates.REGION_BYTES),
            settings.get(CoreGates.LARGE_MAPPING_BYTES),
            settings.get(CoreGates.COMMIT_BYTES),
            settings.get(CoreGates.HUGE_PAGES_FROM)),
        newDecay());
  }

  private void reclaim() {
    pools.forEach(PoolBox::reclaim);
  }

  private Decay newDecay() {
    return new Decay(System::nanoTime, decayNs());
  }

  /** The time in which a heap collects its empty pages once. */
  Interval newInterval() {
    return new Interval(System::nanoTime, decayNs());
  }

  private long decayNs() {
    return TimeUnit.MILLISECONDS.toNanos(settings.get(CoreGates.DECAY_MS));
  }

  /** Each box gets its neighbour when it is made, so the chain is made from its end. */
  private List<PoolBox> chain(List<PoolBoxProvider> providers, PageSupply pages) {
    List<PoolBox> chain = new ArrayList<>();
    PoolBox next = large;
    for (PoolBoxProvider provider : providers.reversed()) {
      if (provider.isSelected(settings)) {
        next = provider.create(new BoxContext(next, directory, pages, this::newDecay, settings));
        chain.addFirst(next);
      }
    }
    if (chain.isEmpty()) {
      throw new IllegalStateException("no pool is present: add io.hakmem:pool-core");
    }
    return List.copyOf(chain);
  }

  /**
   * Composes from the environment, the system properties and what the program set.
   *
   * @param source used in place of the one that the gates name, if any; closed with the allocator
   * @param shared a limit beside the allocator's own
   * @throws io.hakmem.SettingsException if a gate or value is not accepted
   * @throws IllegalStateException if no page directory is present
   */
  public static Composition compose(
      Map<String, String> builder, @Nullable PageSource source, SharedLimit shared) {
    Boxes boxes = Boxes.found();
    return new Composition(boxes, settings(boxes, builder), source, shared);
  }

  /** The gates as they would be read now. */
  public static Settings settings(Map<String, String> builder) {
    return settings(Boxes.found(), builder);
  }

  private static Settings settings(Boxes boxes, Map<String, String> builder) {
    return new SettingsResolver(boxes.gates(), boxes.profiles(), Boxes.ARTIFACT_BY_GATE_PREFIX)
        .resolve(Inputs.ofProcess(builder));
  }

  /** The parts, classes and gates, a line each. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append("page source  ").append(source.name()).append('\n');
    text.append("directory    ").append(directoryName).append('\n');
    for (PoolBox pool : pools) {
      long[] sizes = pool.blockSizes();
      text.append(
          "box          %s: %d classes, %d-%d B%n"
              .formatted(pool.name(), sizes.length, sizes[0], sizes[sizes.length - 1]));
    }
    text.append("above        runs of pages, then a clear out-of-memory\n");
    for (Gate<?> gate : settings.gates()) {
      text.append(
          "gate         %s=%s (%s)%n"
              .formatted(gate.name(), settings.text(gate), settings.source(gate)));
    }
    settings.notes().forEach(note -> text.append("note         ").append(note).append('\n'));
    return text.toString();
  }

  PageDirectory directory() {
    return directory;
  }

  RegionSupply supply() {
    return supply;
  }

  /** How often the page source refused to take memory back. */
  Map<String, Long> sourceCounters() {
    return Map.of(
        "page_source_refused_decommits", guarded.refusedDecommits(),
        "page_source_refused_releases", guarded.refusedReleases());
  }

  /** Pools, those that are asked first in front. */
  List<PoolBox> pools() {
    return pools;
  }

  LargeBlocks large() {
    return large;
  }

  boolean checked() {
    return settings.get(CoreGates.CHECKS) != Checks.OFF;
  }

  /** A guard over the blocks if full checks are asked for. */
  @Nullable Guard newGuard(Guard.Blocks blocks, Guard.Verdicts verdicts) {
    return settings.get(CoreGates.CHECKS) == Checks.FULL
        ? new Guard(blocks, verdicts, settings.get(CoreGates.QUARANTINE_BYTES), System::nanoTime)
        : null;
  }

  /** A sampler if one is asked for; full checks know all blocks anyway. */
  @Nullable LeakSampler newSampler() {
    int every = (int) (long) settings.get(CoreGates.LEAK_SAMPLE_EVERY);
    return every == 0 || settings.get(CoreGates.CHECKS) == Checks.FULL
        ? null
        : new LeakSampler(every, System::nanoTime);
  }

  /** The name of the allocator's bean; null if it has none. */
  public @Nullable String beanName() {
    return settings.get(CoreGates.JMX_ENABLED) ? settings.get(CoreGates.JMX_NAME) : null;
  }

  /** How often pages may become empty before a heap hands them on. */
  int mostEmptied() {
    return Math.toIntExact(settings.get(CoreGates.HEAP_EMPTY_PAGES));
  }

  /** The largest block size of which a new heap takes a page; a limit must not be used up idly. */
  long prefillBytes() {
    boolean limited = settings.get(CoreGates.MEMORY_LIMIT) > 0 || !shared.isNone();
    return limited ? 0 : settings.get(CoreGates.HEAP_PREFILL);
  }

  /** The one place that says how many leading bytes of a block are zeroed. */
  public long zeroedBytes() {
    return switch (settings.get(CoreGates.ZERO_MODE)) {
      case FULL -> Long.MAX_VALUE;
      case HEADER -> HEADER_BYTES;
      case OFF -> 0;
    };
  }
}
