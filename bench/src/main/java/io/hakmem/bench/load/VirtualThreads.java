package io.hakmem.bench.load;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Crew;
import io.hakmem.bench.workload.Random32;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Ten thousand virtual threads: each allocates some blocks, blocks as if it waited for an answer,
 * frees every other block by itself and leaves the rest in a common table, from where a later
 * thread frees it. What an allocator keeps for each thread would be kept ten thousand times, and a
 * thread may go on on another processor in between.
 *
 * <p>There are no virtual threads in C, so that no native peer takes part. The parameters are of
 * this benchmark.
 *
 * @param threads the platform threads that start virtual ones
 * @param virtualThreads the virtual threads that each of them starts
 * @param blocks the blocks of a virtual thread, an even number
 * @param parkNs how long a virtual thread waits
 * @param seed chooses the sequence
 * @param minBytes the smallest request
 * @param maxBytes the largest request
 * @param handover made by {@link #of}
 */
public record VirtualThreads(
    int threads,
    int virtualThreads,
    int blocks,
    int parkNs,
    int seed,
    int minBytes,
    int maxBytes,
    Handover handover)
    implements Workload {

  private static final int ALL_VIRTUAL_THREADS = 10_000;
  private static final int BLOCKS = 16;
  private static final int PARK_NS = 100_000;
  private static final int SEED = 1;
  private static final int MIN_BYTES = 16;
  private static final int MAX_BYTES = 1024;
  private static final int TABLE_SLOTS = 1024;

  /** The blocks that wait for a later thread. */
  static final class Handover {

    private final AtomicLongArray table = new AtomicLongArray(TABLE_SLOTS);
    private final AtomicInteger ended = new AtomicInteger();
  }

  /** The load in its standard size. */
  static VirtualThreads of(int threads) {
    int each = Math.max(1, ALL_VIRTUAL_THREADS / threads);
    return new VirtualThreads(
        threads, each, BLOCKS, PARK_NS, SEED, MIN_BYTES, MAX_BYTES, new Handover());
  }

  @Override
  public String name() {
    return "virtual";
  }

  @Override
  public boolean hasNativeKernel() {
    return false;
  }

  @Override
  public long ops() {
    return 2 * allocs();
  }

  private long allocs() {
    return (long) threads * virtualThreads * blocks;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    List<Future<Long>> lives = new ArrayList<>();
    long frees = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < virtualThreads; i++) {
        int number = thread * virtualThreads + i;
        lives.add(executor.submit(() -> live(subject.blocks(), number)));
      }
      for (Future<Long> life : lives) {
        frees += Crew.result(life);
      }
    }
    if (handover.ended.incrementAndGet() == threads) {
      handover.ended.set(0);
      frees += Slots.drain(subject.blocks(), handover.table);
    }
    return new Tally((long) virtualThreads * blocks, frees);
  }

  /** Returns how many blocks the thread freed. */
  private long live(Blocks calls, int number) {
    long[] addresses = new long[blocks];
    int random = Random32.first(seed, number);
    random = Slots.fill(calls, addresses, random, minBytes, maxBytes - minBytes + 1);
    LockSupport.parkNanos(parkNs);
    long frees = 0;
    for (int i = 0; i < blocks; i += 2) {
      calls.free(addresses[i]);
      random = Random32.next(random);
      int slot = Random32.below(random, TABLE_SLOTS);
      long left = handover.table.getAndSet(slot, addresses[i + 1]);
      if (left != 0) {
        calls.free(left);
      }
      frees += left != 0 ? 2 : 1;
    }
    return frees;
  }

  /** What lives is the most that can: that all threads wait at the same time. */
  @Override
  public Census census() {
    return Census.ofTables(threads * virtualThreads, blocks, seed, minBytes, maxBytes);
  }
}
