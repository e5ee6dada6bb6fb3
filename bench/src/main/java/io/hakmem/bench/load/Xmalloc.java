package io.hakmem.bench.load;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Ring;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Producers and consumers: threads of even number allocate batches of blocks, each for the next
 * thread, which frees them. No block is freed by the thread that allocated it.
 *
 * <p>After Lever and Boreham, "malloc() performance in a multithreaded Linux environment", 2000;
 * size and batches are those of {@code xmalloc-test -w N -s 64} in mimalloc-bench, where all
 * threads share one queue. Here each pair has its own, so that threads do not contend for a lock of
 * the load.
 *
 * @param threads the threads, an even number
 * @param batches what a pair hands over in a round
 * @param batchBlocks the blocks of a batch
 * @param queuedBatches the most batches of a pair that live at once
 * @param bytes the size of every block
 * @param rings made by {@link #of}, one for each pair
 */
public record Xmalloc(
    int threads, int batches, int batchBlocks, int queuedBatches, int bytes, List<Ring> rings)
    implements Workload {

  private static final int BATCHES = 64;
  private static final int BATCH_BLOCKS = 4096;
  private static final int QUEUED_BATCHES = 16;
  private static final int BYTES = 64;

  /** The load for so many threads, rounded up to pairs: one thread cannot be both. */
  static Xmalloc of(int threads) {
    int pairs = (threads + 1) / 2;
    List<Ring> rings =
        IntStream.range(0, pairs).mapToObj(_ -> new Ring(QUEUED_BATCHES, BATCH_BLOCKS)).toList();
    return new Xmalloc(2 * pairs, BATCHES, BATCH_BLOCKS, QUEUED_BATCHES, BYTES, rings);
  }

  @Override
  public String name() {
    return "xmalloc";
  }

  @Override
  public long ops() {
    return 2 * allocs();
  }

  private long allocs() {
    return threads / 2L * batches * batchBlocks;
  }

  @Override
  public int maxBytes() {
    return bytes;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Blocks blocks = subject.blocks();
    Ring ring = rings.get(thread / 2);
    boolean producing = thread % 2 == 0;
    for (int i = 0; i < batches; i++) {
      if (producing) {
        allocate(blocks, ring.claim(), bytes);
        ring.publish();
      } else {
        free(blocks, ring.take());
        ring.release();
      }
    }
    long calls = (long) batches * batchBlocks;
    return producing ? new Tally(calls, 0) : new Tally(0, calls);
  }

  private static void allocate(Blocks blocks, long[] batch, long bytes) {
    for (int i = 0; i < batch.length; i++) {
      long address = blocks.allocate(bytes);
      Memory.touch(address, bytes);
      batch[i] = address;
    }
  }

  private static void free(Blocks blocks, long[] batch) {
    for (long address : batch) {
      blocks.free(address);
    }
  }

  /** What lives is the most that the queues let live: a slow producer keeps it below. */
  @Override
  public Census census() {
    long queued = threads / 2L * Math.min(queuedBatches, batches) * batchBlocks;
    return new Census(new Tally(allocs(), allocs()), 0, queued, queued * bytes);
  }
}
