package io.hakmem.micrometer;

import io.hakmem.NativeAllocator;
import io.hakmem.Stats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The figures of an allocator as meters with the tag {@code allocator}: gauges {@code
 * hakmem.memory.*} in bytes, and counters of what was done since the allocator was made. All meters
 * of a scrape show one snapshot, which takes the longer the more pages there are.
 *
 * <p>Any thread may call any method. The meters stay after the close of the allocator, with nothing
 * reserved and the counts of its end, until this is closed.
 */
public final class HakmemMetrics implements MeterBinder, AutoCloseable {

  private final Supplier<Stats> stats;
  private final String name;
  private final List<BoundMeters> bound = new CopyOnWriteArrayList<>();

  /**
   * Shows the figures of an allocator.
   *
   * @param name value of the tag; if other meters of the registry have it already, a number is
   *     added to it
   */
  public HakmemMetrics(NativeAllocator allocator, String name) {
    this(Objects.requireNonNull(allocator, "allocator")::stats, name);
  }

  /** Shows figures of any source, such as the {@code stats()} of an adapter. */
  public HakmemMetrics(Supplier<Stats> stats, String name) {
    this.stats = Objects.requireNonNull(stats, "stats");
    this.name = Objects.requireNonNull(name, "name");
  }

  /** Registers the meters; if that or the first snapshot throws, the registry has none of them. */
  @Override
  public void bindTo(MeterRegistry registry) {
    bound.add(new BoundMeters(Objects.requireNonNull(registry, "registry"), stats, name));
  }

  /** Removes the meters from every registry that they were bound to. Idempotent. */
  @Override
  public void close() {
    bound.removeIf(
        meters -> {
          meters.remove();
          return true;
        });
  }
}
