package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Blocks;
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
 */
public record MidLarge(
    int threads, int opsPerThread, int slots, int seed, int minBytes, int maxBytes)
    implements Workload {

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
  public Tally run(Blocks blocks, int thread) {
    return loop(blocks, new long[slots], opsPerThread, firstRandom(thread), minBytes, maxBytes);
  }

  private static Tally loop(Blocks blocks, long[] slots, int ops, int first, int min, int max) {
    int random = first;
    long allocs = 0;
    int span = max - min + 1;
    for (int i = 0; i < ops; i++) {
      random = next(random);
      int slot = below(random, slots.length);
      long address = slots[slot];
      if (address != 0) {
        blocks.free(address);
        slots[slot] = 0;
      } else {
        random = next(random);
        long bytes = (long) min + below(random, span);
        address = blocks.allocate(bytes);
        Memory.touch(address, bytes);
        slots[slot] = address;
        allocs++;
      }
    }
    return new Tally(allocs, ops - allocs + drain(blocks, slots));
  }

  private static long drain(Blocks blocks, long[] slots) {
    long frees = 0;
    for (long address : slots) {
      if (address != 0) {
        blocks.free(address);
        frees++;
      }
    }
    return frees;
  }

  @Override
  public Census census() {
    Census sum = census(0);
    for (int thread = 1; thread < threads; thread++) {
      sum = sum.plus(census(thread));
    }
    return sum;
  }

  private Census census(int thread) {
    Census.Counter counter = new Census.Counter();
    int[] sizes = new int[slots];
    int random = firstRandom(thread);
    for (int i = 0; i < opsPerThread; i++) {
      random = next(random);
      int slot = below(random, slots);
      if (sizes[slot] != 0) {
        counter.freed(sizes[slot]);
        sizes[slot] = 0;
      } else {
        random = next(random);
        sizes[slot] = minBytes + below(random, maxBytes - minBytes + 1);
        counter.allocated(sizes[slot]);
      }
    }
    for (int bytes : sizes) {
      if (bytes != 0) {
        counter.freed(bytes);
      }
    }
    return counter.result();
  }

  /** Xorshift never leaves 0, so a seed that would start there is replaced. */
  private int firstRandom(int thread) {
    int mixed = seed * 0x9E3779B9 + thread * 0x85EBCA6B;
    return mixed == 0 ? 1 : mixed;
  }

  /** Marsaglia's xorshift32. */
  private static int next(int random) {
    int x = random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x;
  }

  /** Scales a random number to [0, limit) without a division. */
  private static int below(int random, int limit) {
    return (int) ((Integer.toUnsignedLong(random) * limit) >>> 32);
  }
}
