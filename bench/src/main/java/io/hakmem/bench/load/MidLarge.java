package io.hakmem.bench.load;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Random32;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The standard load: every step takes a random slot and frees its block, or allocates one of random
 * size and touches both its ends. At the end of a round every slot is drained.
 *
 * @param threads the threads, each with its own slots
 * @param opsPerThread the steps of one thread in a round
 * @param slots the slots of one thread
 * @param seed chooses the sequence
 * @param minBytes the smallest request
 * @param maxBytes the largest request
 * @param tables made with it
 */
public record MidLarge(
    int threads, int opsPerThread, int slots, int seed, int minBytes, int maxBytes, Slots tables)
    implements Workload {

  /** The load with tables of its own. */
  public MidLarge(int threads, int opsPerThread, int slots, int seed, int minBytes, int maxBytes) {
    this(threads, opsPerThread, slots, seed, minBytes, maxBytes, new Slots(threads, slots));
  }

  @Override
  public String name() {
    return "mid-large-mt";
  }

  @Override
  public long ops() {
    return (long) threads * opsPerThread;
  }

  @Override
  public Map<String, Number> parameters() {
    Map<String, Number> parameters = new LinkedHashMap<>();
    parameters.put("slots", slots);
    parameters.put("seed", seed);
    parameters.put("min_bytes", minBytes);
    parameters.put("max_bytes", maxBytes);
    return parameters;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    int first = Random32.first(seed, thread);
    return loop(subject.blocks(), tables.of(thread), opsPerThread, first, minBytes, maxBytes);
  }

  private static Tally loop(Blocks blocks, long[] slots, int ops, int first, int min, int max) {
    int random = first;
    long allocs = 0;
    int span = max - min + 1;
    for (int i = 0; i < ops; i++) {
      random = Random32.next(random);
      int slot = Random32.below(random, slots.length);
      long address = slots[slot];
      if (address != 0) {
        blocks.free(address);
        slots[slot] = 0;
      } else {
        random = Random32.next(random);
        long bytes = (long) min + Random32.below(random, span);
        address = blocks.allocate(bytes);
        Memory.touch(address, bytes);
        slots[slot] = address;
        allocs++;
      }
    }
    return new Tally(allocs, ops - allocs + Slots.drain(blocks, slots));
  }

  @Override
  public Census census() {
    return Census.ofThreads(threads, this::census);
  }

  private Census census(int thread) {
    Census.Counter counter = new Census.Counter();
    int[] sizes = new int[slots];
    int random = Random32.first(seed, thread);
    for (int i = 0; i < opsPerThread; i++) {
      random = Random32.next(random);
      int slot = Random32.below(random, slots);
      if (sizes[slot] != 0) {
        counter.freed(sizes[slot]);
        sizes[slot] = 0;
      } else {
        random = Random32.next(random);
        sizes[slot] = minBytes + Random32.below(random, maxBytes - minBytes + 1);
        counter.allocated(sizes[slot]);
      }
    }
    return counter.drained(sizes);
  }
}
