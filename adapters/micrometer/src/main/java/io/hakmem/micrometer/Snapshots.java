package io.hakmem.micrometer;

import io.hakmem.Stats;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes one snapshot for all meters of a scrape. A scrape reads each meter once: so a meter that
 * reads a snapshot for the second time belongs to the next scrape, and gets a new one. Any thread.
 */
final class Snapshots {

  /** A meter that is read alone gets nothing older. */
  static final long LONGEST_AGE_NS = 1_000_000_000;

  private final Supplier<Stats> source;
  private final LongSupplier clock;
  private final Consumer<Stats> whenNew;
  private final BitSet readers = new BitSet();
  private @Nullable Stats latest;
  private long takenNs;

  /**
   * Takes none yet.
   *
   * @param clock in ns
   * @param whenNew is told of each new snapshot before a meter reads it
   */
  Snapshots(Supplier<Stats> source, LongSupplier clock, Consumer<Stats> whenNew) {
    this.source = source;
    this.clock = clock;
    this.whenNew = whenNew;
  }

  /** The snapshot that a meter is to read. */
  synchronized Stats forMeter(int meter) {
    Stats stats = latest;
    if (stats == null || readers.get(meter) || clock.getAsLong() - takenNs > LONGEST_AGE_NS) {
      stats = source.get();
      takenNs = clock.getAsLong();
      latest = stats;
      readers.clear();
      whenNew.accept(stats);
    }
    readers.set(meter);
    return stats;
  }

  /** A meter that comes during a scrape waits for the next one, of which it may be read first. */
  synchronized void added(int meter) {
    readers.set(meter);
  }
}
