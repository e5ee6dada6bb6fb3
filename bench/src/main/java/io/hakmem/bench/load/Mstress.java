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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Generations of threads: each thread allocates blocks of very different sizes, keeps some, passes
 * some to the other threads through a common table, and ends; the thread of the next generation
 * takes over what it kept. An allocator must find a use for what ended threads leave.
 *
 * <p>After {@code mstress} of mimalloc-bench: its sizes and its share of passed blocks, with a
 * table of blocks to keep in place of two lists.
 *
 * @param threads the threads that live at a time
 * @param generations how many threads follow each other in a round
 * @param steps the allocations of one thread
 * @param slots the blocks that a thread keeps
 * @param passingSlots the blocks on the way to any thread
 * @param seed chooses the sequence
 * @param state made by {@link #of}
 */
public record Mstress(
    int threads, int generations, int steps, int slots, int passingSlots, int seed, State state)
    implements Workload {

  private static final int GENERATIONS = 5;
  private static final int STEPS = 40_000;
  private static final int SLOTS = 1000;
  private static final int PASSING_SLOTS = 1000;
  private static final int SEED = 42;

  private static final int WORD = 8;
  private static final int MAX_WORDS = 128;
  private static final int LARGE_PERCENT = 1;
  private static final int LARGE_FACTOR = 100;
  private static final int PASSED_PERCENT = 25;

  /** What a thread leaves to its successor. */
  private static final class Estate {

    private final long[] kept;
    private int random;
    private long frees;

    Estate(int slots) {
      kept = new long[slots];
    }
  }

  /** The blocks between two generations and between threads. */
  static final class State {

    private final Estate[] estates;
    private final AtomicLongArray passing;
    private final AtomicInteger ended = new AtomicInteger();

    State(int threads, int slots, int passingSlots) {
      estates = new Estate[threads];
      for (int thread = 0; thread < threads; thread++) {
        estates[thread] = new Estate(slots);
      }
      passing = new AtomicLongArray(passingSlots);
    }
  }

  /** The load in the sizes of mimalloc-bench. */
  static Mstress of(int threads) {
    State state = new State(threads, SLOTS, PASSING_SLOTS);
    return new Mstress(threads, GENERATIONS, STEPS, SLOTS, PASSING_SLOTS, SEED, state);
  }

  @Override
  public String name() {
    return "mstress";
  }

  @Override
  public long ops() {
    return 2L * threads * generations * steps;
  }

  @Override
  public int maxBytes() {
    return WORD * MAX_WORDS * LARGE_FACTOR;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Estate estate = state.estates[thread];
    estate.random = Random32.first(seed, thread);
    estate.frees = 0;
    for (int generation = 0; generation < generations; generation++) {
      Crew.onFreshThread(subject, blocks -> live(blocks, estate, state.passing, steps));
    }
    Blocks blocks = subject.blocks();
    long frees = estate.frees + Slots.drain(blocks, estate.kept);
    // Whoever ends last knows that nobody passes blocks any more.
    if (state.ended.incrementAndGet() == threads) {
      state.ended.set(0);
      frees += Slots.drain(blocks, state.passing);
    }
    return new Tally((long) generations * steps, frees);
  }

  private static Estate live(Blocks blocks, Estate estate, AtomicLongArray passing, int steps) {
    long[] kept = estate.kept;
    int random = estate.random;
    long frees = 0;
    for (int i = 0; i < steps; i++) {
      random = Random32.next(random);
      int bytes = WORD * (1 + Random32.below(random, MAX_WORDS));
      random = Random32.next(random);
      if (Random32.below(random, 100) < LARGE_PERCENT) {
        bytes *= LARGE_FACTOR;
      }
      long address = blocks.allocate(bytes);
      Memory.touch(address, bytes);
      random = Random32.next(random);
      int slot = Random32.below(random, kept.length);
      long previous = kept[slot];
      kept[slot] = address;
      random = Random32.next(random);
      if (Random32.below(random, 100) < PASSED_PERCENT) {
        random = Random32.next(random);
        previous = passing.getAndSet(Random32.below(random, passing.length()), previous);
      }
      if (previous != 0) {
        blocks.free(previous);
        frees++;
      }
    }
    estate.random = random;
    estate.frees += frees;
    return estate;
  }

  /** The calls are exact. What lives is that of each thread as if it passed blocks to itself. */
  @Override
  public Census census() {
    return Census.ofThreads(threads, this::census);
  }

  private Census census(int thread) {
    Census.Counter counter = new Census.Counter();
    int[] kept = new int[slots];
    int[] passing = new int[passingSlots];
    int random = Random32.first(seed, thread);
    for (int i = 0; i < generations * steps; i++) {
      random = Random32.next(random);
      int bytes = WORD * (1 + Random32.below(random, MAX_WORDS));
      random = Random32.next(random);
      if (Random32.below(random, 100) < LARGE_PERCENT) {
        bytes *= LARGE_FACTOR;
      }
      counter.allocated(bytes);
      random = Random32.next(random);
      int slot = Random32.below(random, slots);
      int previous = kept[slot];
      kept[slot] = bytes;
      random = Random32.next(random);
      if (Random32.below(random, 100) < PASSED_PERCENT) {
        random = Random32.next(random);
        int passed = Random32.below(random, passingSlots);
        int received = passing[passed];
        passing[passed] = previous;
        previous = received;
      }
      if (previous != 0) {
        counter.freed(previous);
      }
    }
    counter.drained(passing);
    return counter.drained(kept);
  }
}
