package io.hakmem.guard;

import io.hakmem.Leak;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a few blocks and where they were allocated. What leaks makes an allocator grow, and a
 * heap that grows misses: so one of so many misses is remembered, at no cost to a hit. Any thread.
 *
 * <p>The idea of sampling where memory is taken is that of TCMalloc's heap profiler.
 */
public final class LeakSampler {

  /** A leak shows in fewer; more would be memory of their own. */
  private static final int MOST_SAMPLES = 10_000;

  /** A flame graph shall reach to where a request begins. */
  private static final int FRAMES = 32;

  private final int every;
  private final Ledger ledger;

  /**
   * A sampler of one miss in so many.
   *
   * @param every 1 or more
   */
  public LeakSampler(int every, LongSupplier clockNs) {
    this.every = every;
    this.ledger = new Ledger(clockNs, FRAMES);
  }

  /** Whether to remember the block that a miss is about to get. */
  public boolean takes() {
    return ThreadLocalRandom.current().nextInt(every) == 0 && ledger.size() < MOST_SAMPLES;
  }

  /** What is to be remembered of a block that the caller is about to allocate. */
  public KnownBlock newSample(long bytes) {
    return ledger.newBlock(bytes);
  }

  /** Remembers a block; throws nothing. */
  public void allocated(KnownBlock sample, long address) {
    ledger.add(sample, address);
  }

  /** Forgets a block, before anybody can get it again; null if it is not remembered. */
  public @Nullable KnownBlock freed(long address) {
    return ledger.remove(address);
  }

  /** Remembers a block again whose free did not happen; throws nothing. */
  public void notFreed(KnownBlock sample) {
    ledger.add(sample, sample.address);
  }

  /** Remembered blocks that are at least so old, by the place that allocated them. */
  public List<Leak> leaks(Duration age) {
    return ledger.leaks(age);
  }
}
