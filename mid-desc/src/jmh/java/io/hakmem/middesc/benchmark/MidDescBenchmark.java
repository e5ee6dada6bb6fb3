package io.hakmem.middesc.benchmark;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.Interval;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.heap.PageKey;
import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The page directory, without an allocator. */
@Measures("mid-desc")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class MidDescBenchmark {

  private static final String CACHE = "HAKMEM_MID_DESC_CACHE_ENABLED";
  private static final int PAGES = 1024;
  private static final int QUESTIONS = 4096;

  /** A directory never touches the memory of a page. */
  private static final MemorySegment UNTOUCHED =
      MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]);

  /** Where no system maps anything by itself: a directory never touches the memory. */
  private static final long BASE = 1L << 44;

  /** A directory with pages, and addresses to ask it for. */
  @State(Scope.Benchmark)
  public abstract static class Directory {

    private final long[] addresses = new long[QUESTIONS];
    private int at;
    private PageDirectory directory;
    private LocalHeap heap;

    /** Fills the directory. */
    @Setup(Level.Trial)
    public void open() {
      directory = create(isCached());
      for (int i = 0; i < PAGES; i++) {
        directory.register(page(i));
      }
      heap = heap(directory);
      Random random = new Random(1);
      for (int i = 0; i < QUESTIONS; i++) {
        addresses[i] = address(random);
      }
    }

    /** Checks answers and counters. */
    @TearDown(Level.Trial)
    public void check() {
      for (long address : addresses) {
        Page page = directory.find(heap, address);
        if (page != directory.lookup(address) || page.contains(address) != isKnown()) {
          throw new IllegalStateException("0x%x is in 0x%x".formatted(address, page.base()));
        }
      }
      SortedMap<String, Long> counters = directory.counters();
      if (counters.isEmpty() == isCached() || (isCached() && !proves(counters))) {
        throw new IllegalStateException("lookups did not take their path: " + counters);
      }
    }

    private boolean proves(SortedMap<String, Long> counters) {
      return proves(
          counters.getOrDefault("mid_desc_cache_hits", 0L),
          counters.getOrDefault("mid_desc_cache_misses", 0L));
    }

    abstract boolean isCached();

    /** Whether there are pages at the addresses. */
    boolean isKnown() {
      return true;
    }

    abstract long address(Random random);

    /** Whether these are the counters of such addresses. */
    abstract boolean proves(long hits, long misses);

    PageDirectory directory() {
      return directory;
    }

    /** The next address. */
    long next() {
      at = (at + 1) & (QUESTIONS - 1);
      return addresses[at];
    }

    Page find() {
      return directory.find(heap, next());
    }
  }

  /** A directory with its cache on or off. */
  public abstract static class Cached extends Directory {

    /** Whether each heap remembers the page it looked up last. */
    @Param({"0", "1"})
    private String cache;

    @Override
    boolean isCached() {
      return cache.equals("1");
    }
  }

  /** Addresses of one page. */
  public static class SamePage extends Cached {

    @Override
    long address(Random random) {
      return BASE + random.nextInt(PageKey.PAGE_BYTES);
    }

    @Override
    boolean proves(long hits, long misses) {
      return hits > 0 && misses == 1;
    }
  }

  /** Addresses of all pages. */
  public static class AllPages extends Cached {

    @Override
    long address(Random random) {
      return BASE + random.nextLong((long) PAGES * PageKey.PAGE_BYTES);
    }

    @Override
    boolean proves(long hits, long misses) {
      return misses > 100 * hits;
    }
  }

  /** Addresses above all pages. */
  public static class NoPage extends Cached {

    @Override
    boolean isKnown() {
      return false;
    }

    @Override
    long address(Random random) {
      return BASE + (PAGES + random.nextLong(PAGES)) * PageKey.PAGE_BYTES;
    }

    @Override
    boolean proves(long hits, long misses) {
      return hits == 0 && misses > 0;
    }
  }

  /** A directory without a cache. */
  public static class Plain extends Directory {

    @Override
    boolean isCached() {
      return false;
    }

    @Override
    long address(Random random) {
      return BASE + random.nextLong((long) PAGES * PageKey.PAGE_BYTES);
    }

    @Override
    boolean proves(long hits, long misses) {
      return false;
    }
  }

  /** A page that comes and goes. */
  public static class OneMore extends Plain {

    private final Page page = page(PAGES);

    Page comeAndGo() {
      directory().register(page);
      directory().unregister(page);
      return page;
    }

    /** Checks that the page can come, and is gone. */
    @Override
    public void check() {
      super.check();
      Page gone = directory().lookup(page.base());
      directory().register(page);
      if (gone != Page.NONE || directory().lookup(page.base()) != page) {
        throw new IllegalStateException("the page did not come and go");
      }
    }
  }

  private static PageDirectory create(boolean cached) {
    PageDirectoryProvider provider =
        ServiceLoader.load(PageDirectoryProvider.class).findFirst().orElseThrow();
    List<Settings.Entry<?>> entries = new ArrayList<>();
    for (Gate<?> gate : provider.gates()) {
      entries.add(
          Settings.Entry.parse(gate, gate.name().equals(CACHE) && cached ? "1" : "0", "benchmark"));
    }
    return provider.create(Settings.of(entries, List.of()));
  }

  private static Page page(int index) {
    long base = BASE + (long) index * PageKey.PAGE_BYTES;
    return new Page(NoBox.IT, base, PageKey.PAGE_BYTES, PageKey.PAGE_BYTES, 1, UNTOUCHED);
  }

  private static LocalHeap heap(PageDirectory directory) {
    FreePath frees = new FreePath(NoBox.IT, true);
    Interval never = new Interval(() -> 0, 1);
    return new LocalHeap(Thread.currentThread(), NoBox.IT, directory, frees, 1, never);
  }

  /** Behind pages without blocks, and a heap without bins. */
  private enum NoBox implements PageHandler, LocalHeap.SlowPath, FreePath.SlowPath {
    IT;

    @Override
    public void freeRemote(Page page, long address) {
      freeSlow(address);
    }

    @Override
    public long allocateSlow(LocalHeap of, long bytes) {
      throw new IllegalStateException("nothing serves %d bytes".formatted(bytes));
    }

    @Override
    public void collectSlow(LocalHeap of) {
      throw new IllegalStateException("nothing to collect");
    }

    @Override
    public void freeSlow(long address) {
      throw new IllegalStateException("0x%x was never allocated".formatted(address));
    }
  }

  @Benchmark
  @Meaning("nothing: the next of 4,096 addresses")
  public long baseline(Plain state) {
    return state.next();
  }

  @Benchmark
  @Meaning("finds the page of an address, always the same of 1,024")
  public Page lookupSamePage(SamePage state) {
    return state.find();
  }

  @Benchmark
  @Meaning("finds the page of an address, any of 1,024")
  public Page lookupAnyPage(AllPages state) {
    return state.find();
  }

  @Benchmark
  @Meaning("finds that an address is in no page")
  public Page lookupNoPage(NoPage state) {
    return state.find();
  }

  @Benchmark
  @Meaning("registers a page of 64 KiB and unregisters it")
  public Page registerAndUnregister(OneMore state) {
    return state.comeAndGo();
  }
}
