package io.hakmem.bench.load;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Random32;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;

/**
 * A burst: allocates many blocks of random size, then frees all of them in random order, so that
 * every page is emptied, and none before most are.
 *
 * <p>The parameters are of this benchmark: the sizes are those of the load {@code mixed}, and what
 * lives at the peak is 65 MiB.
 *
 * @param threads the threads, which share the burst
 * @param blocks the blocks of one thread
 * @param seed chooses the sequence
 * @param minBytes the smallest request
 * @param maxBytes the largest request
 * @param tables made by {@link #of}
 */
public record Burst(int threads, int blocks, int seed, int minBytes, int maxBytes, Slots tables)
    implements Workload {

  private static final int ALL_BLOCKS = 1 << 17;
  private static final int SEED = 1;
  private static final int MIN_BYTES = 16;
  private static final int MAX_BYTES = 1024;

  /** The load in its standard size. */
  static Burst of(int threads) {
    int blocks = Math.max(1, ALL_BLOCKS / threads);
    return new Burst(threads, blocks, SEED, MIN_BYTES, MAX_BYTES, new Slots(threads, blocks));
  }

  @Override
  public String name() {
    return "burst";
  }

  @Override
  public long ops() {
    return 2L * threads * blocks;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Blocks calls = subject.blocks();
    long[] addresses = tables.of(thread);
    int random = Random32.first(seed, thread);
    random = Slots.fill(calls, addresses, random, minBytes, maxBytes - minBytes + 1);
    Slots.freeInRandomOrder(calls, addresses, random);
    return new Tally(blocks, blocks);
  }

  @Override
  public Census census() {
    return Census.ofTables(threads, blocks, seed, minBytes, maxBytes);
  }
}
