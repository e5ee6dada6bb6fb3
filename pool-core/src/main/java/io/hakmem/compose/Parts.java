package io.hakmem.compose;

import io.hakmem.Composition;
import io.hakmem.SettingsException;
import io.hakmem.chunk.ArenaPages;
import io.hakmem.gate.Checks;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.heap.Interval;
import io.hakmem.heap.Operations;
import io.hakmem.heap.OperationsByKind;
import io.hakmem.memory.GuardedSource;
import io.hakmem.memory.OsPageSource;
import io.hakmem.memory.PageSources;
import io.hakmem.record.Recorder;
import io.hakmem.settings.CoreGates;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PoolBox;
import io.hakmem.supply.ReclaimingSupply;
import io.hakmem.supply.RegionSupply;
import io.hakmem.supply.SharedLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The parts of one composition, and what its gates say to who runs it. */
public final class Parts {

  /** Blocks carry no header; these are the bytes that one would take in the original. */
  private static final long HEADER_BYTES = 16;

  private final Settings settings;
  private final String name;
  private final String directoryName;
  private final PageDirectory directory;
  private final PageSource source;
  private final GuardedSource guarded;
  private final SharedLimit shared;
  private final RegionSupply supply;
  private final ReclaimingSupply reclaiming;
  private final ArenaPages arenaPages;
  private final List<ComposedBox> boxes;
  private final AlignedSizes aligned;
  private final List<PoolBox> pools;
  private final @Nullable Recorder recorder;

  Parts(Boxes found, Settings settings, @Nullable PageSource handedIn, SharedLimit shared) {
    this.settings = settings;
    this.name = onOneLine(settings.get(CoreGates.JMX_NAME));
    this.shared = shared;
    PageDirectoryProvider provider = found.directory();
    this.directoryName = provider.name();
    this.directory = newDirectory(directoryName, provider, settings);
    this.source = handedIn == null ? selectedSource(settings) : handedIn;
    this.guarded = new GuardedSource(source);
    this.supply = newSupply();
    this.reclaiming = new ReclaimingSupply(supply, this::reclaim);
    this.arenaPages = new ArenaPages(directory, reclaiming);
    this.boxes = new Chain(directory, reclaiming, settings).of(found.pools());
    this.aligned = new AlignedSizes(boxes);
    this.pools = poolsOf(boxes);
    this.recorder = newRecorder(settings);
  }

  private static @Nullable Recorder newRecorder(Settings settings) {
    String file = settings.get(CoreGates.RECORD);
    return file.isEmpty() // Then no class of a recording is loaded.
        ? null
        : Recorder.of(
            file, settings.get(CoreGates.RECORD_BYTES), settings.get(CoreGates.RECORD_MS));
  }

  private static PageDirectory newDirectory(
      String name, PageDirectoryProvider provider, Settings settings) {
    try {
      return provider.create(settings);
    } catch (Throwable thrown) {
      throw BoxCalls.failure(name, "create()", thrown);
    }
  }

  private static PageSource selectedSource(Settings settings) {
    try {
      return PageSources.select(settings.get(CoreGates.PAGE_SOURCE));
    } catch (UnsupportedOperationException missing) {
      throw new SettingsException(
          "%s=%s, set by %s, cannot be had: %s"
              .formatted(
                  CoreGates.PAGE_SOURCE,
                  settings.text(CoreGates.PAGE_SOURCE),
                  settings.source(CoreGates.PAGE_SOURCE),
                  missing.getMessage()),
          missing);
    }
  }

  private RegionSupply newSupply() {
    return new RegionSupply(
        guarded,
        shared.account(
            settings.get(CoreGates.MEMORY_LIMIT), () -> guarded.isInside() ? 0 : reclaiming.trim()),
        new RegionSupply.Limits(
            settings.get(CoreGates.REGION_BYTES),
            settings.get(CoreGates.LARGE_MAPPING_BYTES),
            settings.get(CoreGates.COMMIT_BYTES),
            settings.get(CoreGates.HUGE_PAGES_FROM)));
  }

  private void reclaim() {
    for (ComposedBox box : boxes) {
      box.reclaim();
    }
    arenaPages.trim();
  }

  private static List<PoolBox> poolsOf(List<ComposedBox> boxes) {
    List<PoolBox> pools = new ArrayList<>();
    for (ComposedBox box : boxes) {
      pools.add(box.box());
    }
    return List.copyOf(pools);
  }

  /** The time in which a heap collects its empty pages once. */
  public Interval newInterval() {
    return new Interval(System::nanoTime, decayNs());
  }

  /** How long memory is unused before it goes back. */
  public long decayNs() {
    return TimeUnit.MILLISECONDS.toNanos(settings.get(CoreGates.DECAY_MS));
  }

  /** The parts, classes and gates as users see them. */
  public Composition composition() {
    List<Composition.Box> facts = new ArrayList<>();
    for (ComposedBox box : boxes) {
      facts.add(box.asFact());
    }
    List<String> notes = new ArrayList<>(settings.notes());
    notes.addAll(settings.ignored());
    return new Composition(
        source.name(),
        directoryName,
        facts,
        new Composition.Blocks(
            zeroedBytes(), checks() != Checks.OFF, checks() == Checks.FULL, leakSampleEvery() > 0),
        gateValues(),
        notes);
  }

  private List<Composition.GateValue> gateValues() {
    List<Composition.GateValue> values = new ArrayList<>();
    for (Gate<?> gate : settings.gates()) {
      values.add(
          new Composition.GateValue(gate.name(), settings.text(gate), settings.source(gate)));
    }
    return values;
  }

  /** Which classes serve which alignment. */
  public AlignedSizes alignedSizes() {
    return aligned;
  }

  /** Where pages are registered. */
  public PageDirectory directory() {
    return directory;
  }

  /** What holds all memory. */
  public RegionSupply supply() {
    return supply;
  }

  /** The same for who asks for memory: before it refuses, boxes give back what they can. */
  public ReclaimingSupply reclaiming() {
    return reclaiming;
  }

  /**
   * Refuses a call of the page source, before anything is done.
   *
   * @throws IllegalStateException if the calling thread is inside of the source
   */
  public void requireOutsideSource() {
    guarded.requireOutside();
  }

  /** Whether the calling thread is inside of the page source. */
  public boolean isInsideSource() {
    return guarded.isInside();
  }

  /** How often the page source refused to take memory back. */
  public Map<String, Long> sourceCounters() {
    return Map.of(
        "page_source_refused_decommits", guarded.refusedDecommits(),
        "page_source_refused_releases", guarded.refusedReleases());
  }

  /** The memory of arenas, behind the same supply. */
  public ArenaPages arenaPages() {
    return arenaPages;
  }

  /** Whether the memory is the system's own, so that native code may write to it. */
  public boolean isMemoryOfSystem() {
    return source instanceof OsPageSource;
  }

  /**
   * What decides which ways an operation takes: equal in all allocators that take the same. It
   * holds no record, whose {@code hashCode} is linked when it is first used, which takes long.
   */
  public Object kind() {
    List<Object> facts =
        new ArrayList<>(List.of(directoryName, checks(), zeroedBytes(), isMemoryOfSystem()));
    for (ComposedBox box : boxes) {
      facts.addAll(List.of(box.name(), box.blockSizes(), List.copyOf(box.served())));
    }
    for (Gate<?> gate : settings.gates()) {
      if (!CoreGates.ALL.contains(gate)) {
        facts.addAll(List.of(gate.name(), settings.text(gate)));
      }
    }
    return facts;
  }

  /** What hits of allocators of this kind run through. */
  public Operations operations() {
    return OperationsByKind.of(kind());
  }

  /** The boxes, those that are asked first in front. */
  public List<ComposedBox> boxes() {
    return boxes;
  }

  /** The same without what is known of them. */
  public List<PoolBox> pools() {
    return pools;
  }

  /** Whether the JVM's purge thread sees to the allocator. */
  public boolean hasPurgeThread() {
    return settings.get(CoreGates.PURGE_THREAD);
  }

  /** How much of what callers hand in is checked. */
  public Checks checks() {
    return settings.get(CoreGates.CHECKS);
  }

  /** Most bytes of freed blocks that full checks keep back. */
  public long quarantineBytes() {
    return settings.get(CoreGates.QUARANTINE_BYTES);
  }

  /** Every how many misses a block is sampled; 0 for none, as with full checks, which know all. */
  public int leakSampleEvery() {
    return checks() == Checks.FULL ? 0 : Math.toIntExact(settings.get(CoreGates.LEAK_SAMPLE_EVERY));
  }

  /** What runs, in one line for a log. */
  String summary() {
    long limit = settings.get(CoreGates.MEMORY_LIMIT);
    String profile = settings.get(CoreGates.PROFILE);
    return "%s: profile %s, boxes %s, directory %s, page source %s, limit %s"
        .formatted(
            name(),
            profile.isEmpty() ? "none" : profile,
            String.join(", ", boxes.stream().map(ComposedBox::name).toList()),
            directoryName,
            source.name(),
            limit == 0 ? "none" : limit + " bytes");
  }

  /** The name of the allocator in messages, which is on one line whatever its bean's is. */
  public String name() {
    return name;
  }

  private static String onOneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (isForOneLine(each)) {
        line.append(each);
      } else {
        line.append("\\u%04x".formatted((int) each));
      }
    }
    return line.toString();
  }

  private static boolean isForOneLine(char each) {
    int type = Character.getType(each);
    return type != Character.CONTROL
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /** The allocator in a sentence, with its name if it was given one. */
  public String title() {
    boolean isNamed = !name.isBlank() && !name.equals(CoreGates.JMX_NAME.defaultText());
    return isNamed ? "allocator " + name : "the allocator";
  }

  /** Whether its figures are printed when the JVM ends. */
  public boolean showsStats() {
    return settings.get(CoreGates.SHOW_STATS);
  }

  /** The name of the allocator's bean; null if it has none. */
  public @Nullable String beanName() {
    return settings.get(CoreGates.JMX_ENABLED) ? settings.get(CoreGates.JMX_NAME) : null;
  }

  /** What records the operations; null if that was not asked for. */
  public @Nullable Recorder recorder() {
    return recorder;
  }

  /** How often pages may become empty before a heap hands them on. */
  public int mostEmptied() {
    return Math.toIntExact(settings.get(CoreGates.HEAP_EMPTY_PAGES));
  }

  /** The largest block size of which a new heap takes a page; a limit must not be used up idly. */
  public long prefillBytes() {
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
