package io.hakmem.micrometer;

import io.hakmem.Stats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one allocator in one registry. */
final class BoundMeters {

  private static final String TAG = "allocator";
  private static final String BYTES = "bytes";
  private static final String PREFIX = "hakmem.";

  private final MeterRegistry registry;
  private final Tags tags;
  private final Snapshots snapshots;
  private final List<Meter> meters = new CopyOnWriteArrayList<>();

  /** Fallbacks that have a meter. This object guards it, and the count. */
  private final Set<Fallback> fallbacks = new HashSet<>();

  private int count;

  /** Whether the meters are removed, so that a scrape under way adds none; guarded likewise. */
  private boolean isRemoved;

  /** What the meters of fallbacks are told apart by; a snapshot has them by size as well. */
  private record Fallback(String from, String to, String reason) {

    static Fallback of(Stats.Fallback counted) {
      return new Fallback(counted.from(), counted.to(), counted.reason());
    }

    long count(Stats stats) {
      return stats.fallbacks().stream()
          .filter(counted -> equals(of(counted)))
          .mapToLong(Stats.Fallback::count)
          .sum();
    }
  }

  /** Registers them all, or none. */
  BoundMeters(MeterRegistry registry, Supplier<Stats> stats, String name) {
    this.registry = registry;
    this.tags = Tags.of(TAG, free(registry, name));
    this.snapshots = new Snapshots(stats, System::nanoTime, this::addFallbacks);
    try {
      register(stats.get());
    } catch (Throwable refused) {
      remove();
      throw refused;
    }
  }

  /** Others may scrape before it ends. */
  private synchronized void register(Stats stats) {
    gauges();
    counters();
    addFallbacks(stats);
  }

  private static String free(MeterRegistry registry, String name) {
    String free = name;
    for (int number = 2; isTaken(registry, free); number++) {
      free = name + "-" + number;
    }
    return free;
  }

  /** By meters of this kind or any others, which a registry would not let have another kind. */
  private static boolean isTaken(MeterRegistry registry, String name) {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .anyMatch(id -> id.getName().startsWith(PREFIX) && name.equals(id.getTag(TAG)));
  }

  private void gauges() {
    gauge("hakmem.memory.reserved", "Reserved address space", Stats::reservedBytes);
    gauge("hakmem.memory.committed", "Memory taken from the system", Stats::committedBytes);
    gauge("hakmem.memory.committed.peak", "The most at a time", Stats::peakCommittedBytes);
    gauge("hakmem.memory.limit", "The most allowed; 0 for no limit", Stats::limitBytes);
    gauge("hakmem.memory.live", "Blocks that are with the program", Stats::liveBytes);
    gauge("hakmem.memory.cached", "Free blocks that are kept at hand", Stats::cachedBytes);
  }

  private void counters() {
    counter("hakmem.allocations", "Blocks handed out", Stats::allocations);
    counter("hakmem.frees", "Blocks freed", Stats::frees);
    counter("hakmem.frees.remote", "Frees by a thread other than the owner", Stats::remoteFrees);
    refused("foreign", Stats.RefusedFrees::foreign);
    refused("interior", Stats.RefusedFrees::interior);
    refused("already_free", Stats.RefusedFrees::alreadyFree);
    refused("wrong_size", Stats.RefusedFrees::wrongSize);
    counter("hakmem.limit.hits", "Times that the limit refused memory", Stats::limitHits);
    counter("hakmem.out.of.memory", "Allocations that failed", Stats::outOfMemory);
    counter("hakmem.trims", "Calls of trim", Stats::trims);
    counter(
        "hakmem.trimmed", "Memory that trims gave back", BYTES, Tags.empty(), Stats::trimmedBytes);
  }

  private void gauge(String name, String doc, ToLongFunction<Stats> figure) {
    int meter = count++;
    meters.add(
        Gauge.builder(name, snapshots, from -> figure.applyAsLong(from.forMeter(meter)))
            .description(doc)
            .baseUnit(BYTES)
            .tags(tags)
            .strongReference(true) // So it keeps the snapshots of all meters here.
            .register(registry));
  }

  private void refused(String reason, ToLongFunction<Stats.RefusedFrees> figure) {
    counter(
        "hakmem.frees.refused",
        "Addresses that were refused",
        null,
        Tags.of("reason", reason),
        stats -> figure.applyAsLong(stats.refused()));
  }

  private void counter(String name, String doc, ToLongFunction<Stats> figure) {
    counter(name, doc, null, Tags.empty(), figure);
  }

  private void counter(
      String name, String doc, @Nullable String unit, Tags more, ToLongFunction<Stats> figure) {
    int meter = count++;
    meters.add(
        FunctionCounter.builder(name, snapshots, from -> figure.applyAsLong(from.forMeter(meter)))
            .description(doc)
            .baseUnit(unit)
            .tags(tags.and(more))
            .register(registry));
  }

  /** Those that a snapshot has for the first time are shown from the next scrape on. */
  private synchronized void addFallbacks(Stats stats) {
    for (Stats.Fallback counted : stats.fallbacks()) {
      Fallback key = Fallback.of(counted);
      if (!isRemoved && fallbacks.add(key)) {
        counter(
            "hakmem.fallbacks",
            "Requests that a box handed to the next one",
            null,
            Tags.of("from", key.from(), "to", key.to(), "reason", key.reason()),
            key::count);
        snapshots.added(count - 1);
      }
    }
  }

  synchronized void remove() {
    isRemoved = true;
    meters.forEach(registry::remove);
    meters.clear();
  }
}
