package io.hakmem.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.NativeAllocator;
import io.hakmem.Stats;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HakmemMetricsTest {

  private static final long LIMIT_BYTES = 64 << 20;
  private static final long LARGE_BYTES = 4 << 20;

  private final HakAllocator allocator =
      HakAllocator.builder()
          .profile("THROUGHPUT")
          .set("HAKMEM_MEMORY_LIMIT", Long.toString(LIMIT_BYTES))
          .build();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Every snapshot that was taken. */
  private final List<Stats> taken = new ArrayList<>();

  private Stats source() {
    taken.add(allocator.stats());
    return taken.getLast();
  }

  @AfterEach
  void close() {
    allocator.close();
  }

  private static long value(String scrape, String meter) {
    List<String> lines = scrape.lines().filter(line -> line.startsWith(meter + " ")).toList();
    assertThat(lines).as("%s in %s", meter, scrape).hasSize(1);
    return (long) Double.parseDouble(lines.getFirst().substring(meter.length() + 1));
  }

  private long scraped(String meter) {
    return value(registry.scrape(), meter);
  }

  @Test
  void scrape_always_showsTheFiguresOfOneSnapshot() {
    new HakmemMetrics(this::source, "images").bindTo(registry);
    long block = allocator.allocate(1000);
    allocator.free(allocator.allocate(1000));
    taken.clear();
    String scrape = registry.scrape();
    assertThat(taken).hasSize(1);
    Stats stats = taken.getFirst();
    String tag = "{allocator=\"images\"}";
    assertThat(value(scrape, "hakmem_memory_reserved_bytes" + tag))
        .isEqualTo(stats.reservedBytes());
    assertThat(value(scrape, "hakmem_memory_committed_bytes" + tag))
        .isEqualTo(stats.committedBytes())
        .isPositive();
    assertThat(value(scrape, "hakmem_memory_committed_peak_bytes" + tag))
        .isEqualTo(stats.peakCommittedBytes());
    assertThat(value(scrape, "hakmem_memory_limit_bytes" + tag)).isEqualTo(LIMIT_BYTES);
    assertThat(value(scrape, "hakmem_memory_live_bytes" + tag)).isEqualTo(stats.liveBytes());
    assertThat(value(scrape, "hakmem_memory_cached_bytes" + tag)).isEqualTo(stats.cachedBytes());
    assertThat(value(scrape, "hakmem_allocations_total" + tag)).isEqualTo(2);
    assertThat(value(scrape, "hakmem_frees_total" + tag)).isEqualTo(1);
    assertThat(value(scrape, "hakmem_trims_total" + tag)).isZero();
    allocator.free(block);
    assertThat(scraped("hakmem_frees_total" + tag)).isEqualTo(2);
    assertThat(taken).hasSize(2);
  }

  @Test
  void refusals_byReason_areCounted() {
    new HakmemMetrics(allocator, "images").bindTo(registry);
    long block = allocator.allocate(100);
    allocator.free(block);
    for (long wrong : new long[] {block, 1}) {
      try {
        allocator.free(wrong);
      } catch (InvalidFreeException expected) {
        assertThat(expected).hasMessageContaining("0x");
      }
    }
    String scrape = registry.scrape();
    String name = "hakmem_frees_refused_total{allocator=\"images\",reason=\"%s\"}";
    assertThat(value(scrape, name.formatted("already_free"))).isEqualTo(1);
    assertThat(value(scrape, name.formatted("foreign"))).isEqualTo(1);
    assertThat(value(scrape, name.formatted("interior"))).isZero();
    assertThat(value(scrape, name.formatted("wrong_size"))).isZero();
  }

  @Test
  void fallback_thatIsNew_isShownFromTheNextScrapeOn() {
    new HakmemMetrics(allocator, "images").bindTo(registry);
    allocator.free(allocator.allocate(LARGE_BYTES));
    registry.scrape();
    allocator.free(allocator.allocate(LARGE_BYTES));
    assertThat(
            registry
                .scrape()
                .lines()
                .filter(line -> line.startsWith("hakmem_fallbacks_total"))
                .filter(line -> line.contains("reason=\"above the last class\""))
                .filter(line -> line.contains("allocator=\"images\"")))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).endsWith(" 2.0"));
  }

  @Test
  void name_thatTheRegistryHas_getsANumber() {
    new HakmemMetrics(allocator, "images").bindTo(registry);
    try (HakAllocator other = HakAllocator.create();
        HakmemMetrics metrics = new HakmemMetrics(other, "images")) {
      metrics.bindTo(registry);
      other.free(other.allocate(10));
      String scrape = registry.scrape();
      assertThat(value(scrape, "hakmem_allocations_total{allocator=\"images\"}")).isZero();
      assertThat(value(scrape, "hakmem_allocations_total{allocator=\"images-2\"}")).isEqualTo(1);
    }
    assertThat(registry.scrape()).contains("\"images\"").doesNotContain("images-2");
  }

  @Test
  void name_thatAMeterOfAnotherKindHas_getsANumber() {
    registry.counter("hakmem.memory.live", "allocator", "images").increment();
    new HakmemMetrics(allocator, "images").bindTo(registry);
    allocator.free(allocator.allocate(10));
    assertThat(scraped("hakmem_allocations_total{allocator=\"images-2\"}")).isEqualTo(1);
  }

  /** Prometheus does not take meters of one name with other tags; what it takes is shown. */
  @Test
  void meter_thatTheRegistryHasWithOtherTags_leavesTheOthersShown() {
    registry.counter("hakmem.frees", "other", "tag").increment();
    new HakmemMetrics(allocator, "images").bindTo(registry);
    allocator.free(allocator.allocate(10));
    assertThat(scraped("hakmem_allocations_total{allocator=\"images\"}")).isEqualTo(1);
    assertThat(scraped("hakmem_frees_total{other=\"tag\"}")).isEqualTo(1);
  }

  @Test
  void close_always_removesTheMetersOfEachRegistry() {
    MeterRegistry simple = new SimpleMeterRegistry();
    HakmemMetrics metrics = new HakmemMetrics(allocator, "images");
    metrics.bindTo(registry);
    metrics.bindTo(simple);
    assertThat(simple.getMeters()).hasSizeGreaterThanOrEqualTo(17);
    metrics.close();
    metrics.close();
    assertThat(simple.getMeters()).isEmpty();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void meters_afterTheCloseOfTheAllocator_stay() {
    new HakmemMetrics(allocator, "images").bindTo(registry);
    allocator.free(allocator.allocate(10));
    allocator.close();
    String tag = "{allocator=\"images\"}";
    assertThat(scraped("hakmem_memory_committed_bytes" + tag)).isZero();
    assertThat(scraped("hakmem_allocations_total" + tag)).isEqualTo(1);
  }

  /** Nobody but the registry holds them. */
  @Test
  void meters_ofABinderThatWasDropped_goOn() {
    new HakmemMetrics(this::source, "images").bindTo(registry);
    System.gc();
    allocator.free(allocator.allocate(10));
    assertThat(scraped("hakmem_frees_total{allocator=\"images\"}")).isEqualTo(1);
  }

  @Test
  void snapshot_thatIsOld_isNotReadByAnyMeter() {
    long[] now = {0};
    Snapshots snapshots = new Snapshots(this::source, () -> now[0], stats -> {});
    Stats first = snapshots.forMeter(0);
    now[0] = Snapshots.LONGEST_AGE_NS;
    assertThat(snapshots.forMeter(1)).isSameAs(first);
    now[0]++;
    assertThat(snapshots.forMeter(2)).isNotSameAs(first);
    assertThat(taken).hasSize(2);
  }

  @Test
  void bindTo_aRegistryThatRefusesAMeter_leavesNoneOfThem() {
    IllegalArgumentException refused = new IllegalArgumentException("of a test");
    registry
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("hakmem.trims")) {
                  throw refused;
                }
                return id;
              }
            });
    HakmemMetrics metrics = new HakmemMetrics(allocator, "images");
    assertThatThrownBy(() -> metrics.bindTo(registry)).isSameAs(refused);
    assertThat(registry.getMeters()).isEmpty();
    metrics.close();
  }

  /** Whoever scrapes at that moment may find a new kind of fallback. */
  @Test
  void close_underAScrape_leavesNoMeter() {
    List<Runnable> meanwhile = new ArrayList<>();
    HakmemMetrics metrics =
        new HakmemMetrics(
            () -> {
              Stats stats = allocator.stats();
              meanwhile.forEach(Runnable::run);
              return stats;
            },
            "images");
    metrics.bindTo(registry);
    allocator.free(allocator.allocate(LARGE_BYTES));
    meanwhile.add(metrics::close);
    registry.scrape();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void allocator_ofAStandIn_isShown() {
    allocator.free(allocator.allocate(10));
    NativeAllocator standIn =
        (NativeAllocator)
            Proxy.newProxyInstance(
                NativeAllocator.class.getClassLoader(),
                new Class<?>[] {NativeAllocator.class},
                (proxy, method, arguments) -> source());
    new HakmemMetrics(standIn, "images").bindTo(registry);
    assertThat(scraped("hakmem_allocations_total{allocator=\"images\"}")).isEqualTo(1);
  }
}
