package io.hakmem.bench.load;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Random32;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;

/**
 * Unequal slots and sizes: a few slots get most of the steps and keep their blocks for a short
 * time, most slots keep theirs for long; each power of two of the sizes is half as frequent as the
 * one below. A step frees the slot's block or allocates one.
 *
 * <p>After {@code alloc-test} of OLogN Technologies, as mimalloc-bench runs it: sizes of at most 1
 * KiB, slots chosen by an 80/20 rule applied six times over, half of them full at the start, and
 * 2<sup>18</sup> slots shared by all threads.
 *
 * @param threads the threads, each with its own slots
 * @param slots the slots of one thread
 * @param steps the steps of one thread in a round
 * @param seed chooses the sequence
 * @param tables made by {@link #of}
 */
public record AllocTest(int threads, int slots, int steps, int seed, Slots tables)
    implements Workload {

  private static final int ALL_SLOTS = 1 << 18;
  private static final int STEPS = 500_000;
  private static final int SEED = 41;

  /** The sizes of the smallest power of two reach from 1 + 4 to 4 + 4. */
  private static final int SMALLEST_EXPONENT = 2;

  /** Of so many random bits, those at the end that are 0 double the size. */
  private static final int DOUBLING_BITS = 7;

  private static final int MAX_BYTES = 2 << (SMALLEST_EXPONENT + DOUBLING_BITS);

  /** The terms of (0.8 + 0.2)^6 in millionths: the steps, and backwards the slots, of a group. */
  private static final int[] SHARES = {262_144, 393_216, 245_760, 81_920, 15_360, 1_536, 64};

  private static final int ALL_SHARES = 1_000_000;

  /** The load as mimalloc-bench runs it, with fewer steps. */
  static AllocTest of(int threads) {
    int slots = Math.max(1, ALL_SLOTS / threads);
    return new AllocTest(threads, slots, STEPS, SEED, new Slots(threads, slots));
  }

  @Override
  public String name() {
    return "alloc-test";
  }

  @Override
  public long ops() {
    return (long) threads * steps;
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  /** Where each group of slots begins, and behind the last where the slots end. */
  private int[] groupStarts() {
    int[] starts = new int[SHARES.length + 1];
    for (int group = 1; group < SHARES.length; group++) {
      long share = SHARES[SHARES.length - group];
      starts[group] = starts[group - 1] + (int) (share * slots / ALL_SHARES);
    }
    starts[SHARES.length] = slots;
    return starts;
  }

  private static int group(int random) {
    int left = Random32.below(random, ALL_SHARES);
    int group = 0;
    while (left >= SHARES[group]) {
      left -= SHARES[group];
      group++;
    }
    return group;
  }

  private static int exponent(int random) {
    int bits = random >>> (Integer.SIZE - DOUBLING_BITS);
    return SMALLEST_EXPONENT + Integer.numberOfTrailingZeros(bits | 1 << DOUBLING_BITS);
  }

  private static int size(int exponent, int random) {
    return 1 + (1 << exponent) + Random32.below(random, 1 << exponent);
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Blocks blocks = subject.blocks();
    long[] table = tables.of(thread);
    int random = Random32.first(seed, thread);
    long allocs = 0;
    for (int slot = 0; slot < slots; slot++) {
      random = Random32.next(random);
      if (random < 0) {
        random = Random32.next(random);
        int exponent = exponent(random);
        random = Random32.next(random);
        table[slot] = allocate(blocks, size(exponent, random));
        allocs++;
      }
    }
    long later = loop(blocks, table, groupStarts(), steps, random);
    return new Tally(allocs + later, steps - later + Slots.drain(blocks, table));
  }

  private static long allocate(Blocks blocks, int bytes) {
    long address = blocks.allocate(bytes);
    Memory.touch(address, bytes);
    return address;
  }

  private static long loop(Blocks blocks, long[] table, int[] starts, int steps, int first) {
    int random = first;
    long allocs = 0;
    for (int i = 0; i < steps; i++) {
      random = Random32.next(random);
      int group = group(random);
      random = Random32.next(random);
      int slot = starts[group] + Random32.below(random, starts[group + 1] - starts[group]);
      long address = table[slot];
      if (address != 0) {
        blocks.free(address);
        table[slot] = 0;
      } else {
        random = Random32.next(random);
        int exponent = exponent(random);
        random = Random32.next(random);
        table[slot] = allocate(blocks, size(exponent, random));
        allocs++;
      }
    }
    return allocs;
  }

  @Override
  public Census census() {
    return Census.ofThreads(threads, this::census);
  }

  private Census census(int thread) {
    Census.Counter counter = new Census.Counter();
    int[] sizes = new int[slots];
    int random = Random32.first(seed, thread);
    for (int slot = 0; slot < slots; slot++) {
      random = Random32.next(random);
      if (random < 0) {
        random = Random32.next(random);
        int exponent = exponent(random);
        random = Random32.next(random);
        sizes[slot] = size(exponent, random);
        counter.allocated(sizes[slot]);
      }
    }
    census(counter, sizes, random);
    return counter.drained(sizes);
  }

  private void census(Census.Counter counter, int[] sizes, int first) {
    int[] starts = groupStarts();
    int random = first;
    for (int i = 0; i < steps; i++) {
      random = Random32.next(random);
      int group = group(random);
      random = Random32.next(random);
      int slot = starts[group] + Random32.below(random, starts[group + 1] - starts[group]);
      if (sizes[slot] != 0) {
        counter.freed(sizes[slot]);
        sizes[slot] = 0;
      } else {
        random = Random32.next(random);
        int exponent = exponent(random);
        random = Random32.next(random);
        sizes[slot] = size(exponent, random);
        counter.allocated(sizes[slot]);
      }
    }
  }
}
