package io.hakmem.bench.load;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Crew;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Random32;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;
import java.util.concurrent.CyclicBarrier;

/**
 * A server whose requests outlive the threads that took them: each thread owns a table of blocks
 * and replaces random ones; after each epoch the tables go round, so that a block is freed by a
 * later thread than its own. A single thread has nobody to swap with: there each epoch runs on a
 * fresh thread, which takes the table of the one that ended.
 *
 * <p>After Larson and Krishnan, "Memory allocation for long-running server applications", 1998; the
 * sizes, the table and the replacements of a round are those of {@code larson 5 8 1000 5000 100
 * 4141} in mimalloc-bench.
 *
 * @param threads the threads, and the tables
 * @param slots the blocks of a table, all of which live except while one is replaced
 * @param epochs how often the tables go round
 * @param steps the replacements of an epoch, on each thread
 * @param seed chooses the sequence
 * @param minBytes the smallest request
 * @param maxBytes the largest request
 * @param exchange made by {@link #of}
 */
public record Larson(
    int threads,
    int slots,
    int epochs,
    int steps,
    int seed,
    int minBytes,
    int maxBytes,
    Exchange exchange)
    implements Workload {

  private static final int SLOTS = 5000;
  private static final int EPOCHS = 5;
  private static final int STEPS = 100_000;
  private static final int SEED = 4141;
  private static final int MIN_BYTES = 8;
  private static final int MAX_BYTES = 1000;

  /** The tables, and where the threads wait for each other before they take the next one. */
  static final class Exchange {

    private final Slots tables;
    private final int threads;
    private final CyclicBarrier epochEnd;

    Exchange(int threads, int slots) {
      tables = new Slots(threads, slots);
      this.threads = threads;
      epochEnd = new CyclicBarrier(threads);
    }

    private long[] table(int thread, int epoch) {
      return tables.of((thread + epoch) % threads);
    }
  }

  /** The load as mimalloc-bench runs it. */
  static Larson of(int threads) {
    return new Larson(
        threads, SLOTS, EPOCHS, STEPS, SEED, MIN_BYTES, MAX_BYTES, new Exchange(threads, SLOTS));
  }

  @Override
  public String name() {
    return "larson";
  }

  @Override
  public long ops() {
    return 2L * threads * allocsOfThread();
  }

  private long allocsOfThread() {
    return slots + (long) epochs * steps;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Blocks blocks = subject.blocks();
    long[] first = exchange.table(thread, 0);
    int random = Random32.first(seed, thread);
    random = Slots.fill(blocks, first, random, minBytes, maxBytes - minBytes + 1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      long[] table = exchange.table(thread, epoch);
      random = threads == 1 ? inherit(subject, table, random) : epoch(blocks, table, random);
      Crew.meet(exchange.epochEnd);
    }
    long drained = Slots.drain(blocks, exchange.table(thread, epochs));
    return new Tally(allocsOfThread(), (long) epochs * steps + drained);
  }

  private int inherit(Subject subject, long[] table, int random) {
    return Crew.onFreshThread(subject, blocks -> epoch(blocks, table, random));
  }

  private int epoch(Blocks blocks, long[] table, int random) {
    return replace(blocks, table, steps, random, minBytes, maxBytes - minBytes + 1);
  }

  /** Returns the last random number. */
  private static int replace(Blocks blocks, long[] table, int steps, int first, int min, int span) {
    int random = first;
    for (int i = 0; i < steps; i++) {
      random = Random32.next(random);
      int slot = Random32.below(random, table.length);
      blocks.free(table[slot]);
      random = Random32.next(random);
      long bytes = (long) min + Random32.below(random, span);
      long address = blocks.allocate(bytes);
      Memory.touch(address, bytes);
      table[slot] = address;
    }
    return random;
  }

  /** Exact: who holds which table in which epoch does not depend on the speed of threads. */
  @Override
  public Census census() {
    Census.Counter[] counters = new Census.Counter[threads];
    int[][] sizes = new int[threads][slots];
    int[] randoms = new int[threads];
    for (int thread = 0; thread < threads; thread++) {
      counters[thread] = new Census.Counter();
      randoms[thread] = Random32.first(seed, thread);
      for (int slot = 0; slot < slots; slot++) {
        randoms[thread] = Random32.next(randoms[thread]);
        sizes[thread][slot] = size(randoms[thread]);
        counters[thread].allocated(sizes[thread][slot]);
      }
    }
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int thread = 0; thread < threads; thread++) {
        int table = (thread + epoch) % threads;
        randoms[thread] = replace(counters[table], sizes[table], randoms[thread]);
      }
    }
    Census sum = Census.NONE;
    for (int table = 0; table < threads; table++) {
      sum = sum.plus(counters[table].drained(sizes[table]));
    }
    return sum;
  }

  private int replace(Census.Counter counter, int[] sizes, int first) {
    int random = first;
    for (int i = 0; i < steps; i++) {
      random = Random32.next(random);
      int slot = Random32.below(random, slots);
      counter.freed(sizes[slot]);
      random = Random32.next(random);
      sizes[slot] = size(random);
      counter.allocated(sizes[slot]);
    }
    return random;
  }

  private int size(int random) {
    return minBytes + Random32.below(random, maxBytes - minBytes + 1);
  }
}
