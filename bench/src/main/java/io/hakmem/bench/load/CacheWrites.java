package io.hakmem.bench.load;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Crew;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;
import java.util.concurrent.CyclicBarrier;

/**
 * False sharing: each thread allocates a small block, writes it many times and frees it, again and
 * again. An allocator that gives two threads blocks of one line of cache makes both slow.
 *
 * <p>In cache-thrash the allocator does so by itself or not at all. In cache-scratch one thread
 * allocates a block for each, next to each other, and each thread begins with a free of its one: an
 * allocator that hands such a block to the next allocation of that thread shares lines for ever.
 *
 * <p>After {@code cache-thrash} and {@code cache-scratch} of Hoard, in mimalloc-bench with the
 * arguments {@code N 1000 1 2000000 N}; here a hundredth of the writes. An operation is a write.
 *
 * @param threads the threads
 * @param blocks the blocks of each thread
 * @param writes the writes of each block, each of which reads and writes its first byte
 * @param bytes the size of a block
 * @param handedOut 1 if the first blocks come from one thread, else 0
 * @param allHanded made by {@link #scratch} and {@link #thrash}
 * @param handed likewise
 */
@SuppressWarnings("ArrayRecordComponent") // The threads' hand-over, not a value.
public record CacheWrites(
    int threads,
    int blocks,
    int writes,
    int bytes,
    int handedOut,
    CyclicBarrier allHanded,
    long[] handed)
    implements Workload {

  private static final int BLOCKS = 1000;
  private static final int ALL_WRITES = 20_000;
  private static final int BYTES = 1;

  /** The load whose first blocks come from one thread. */
  static CacheWrites scratch(int threads) {
    return of(threads, 1);
  }

  /** The load whose threads allocate by themselves. */
  static CacheWrites thrash(int threads) {
    return of(threads, 0);
  }

  private static CacheWrites of(int threads, int handedOut) {
    int writes = Math.max(1, ALL_WRITES / threads);
    CyclicBarrier allHanded = new CyclicBarrier(threads);
    return new CacheWrites(threads, BLOCKS, writes, BYTES, handedOut, allHanded, new long[threads]);
  }

  @Override
  public String name() {
    return "cache-writes";
  }

  @Override
  public long ops() {
    return (long) threads * blocks * writes;
  }

  @Override
  public int maxBytes() {
    return bytes;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Blocks calls = subject.blocks();
    Tally own = new Tally(blocks, blocks);
    if (handedOut == 0) {
      loop(calls, blocks, writes, bytes);
      return own;
    }
    if (thread == 0) {
      handOut(calls);
    }
    Crew.meet(allHanded);
    calls.free(handed[thread]);
    loop(calls, blocks, writes, bytes);
    return own.plus(new Tally(thread == 0 ? threads : 0, 1));
  }

  private void handOut(Blocks calls) {
    for (int thread = 0; thread < threads; thread++) {
      handed[thread] = calls.allocate(bytes);
      Memory.touch(handed[thread], bytes);
    }
  }

  private static void loop(Blocks calls, int blocks, int writes, int bytes) {
    for (int i = 0; i < blocks; i++) {
      long address = calls.allocate(bytes);
      Memory.count(address, writes);
      calls.free(address);
    }
  }

  /** Each thread has one block at a time, and had it before its first allocation if handed out. */
  @Override
  public Census census() {
    long calls = (long) threads * (blocks + handedOut);
    return new Census(new Tally(calls, calls), 0, threads, (long) threads * bytes);
  }
}
