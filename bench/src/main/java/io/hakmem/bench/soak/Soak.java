package io.hakmem.bench.soak;

import io.hakmem.HakAllocator;
import io.hakmem.bench.result.MemorySample;
import io.hakmem.bench.workload.ProcessMemory;
import io.hakmem.fuzz.Handover;
import io.hakmem.fuzz.Held;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Phases of changing sizes, each from threads of its own that hand blocks to each other and die;
 * after each of them, and a trim, it looks at what is resident. Some blocks live through all of it.
 * Nothing here makes Java objects for blocks, so that the Java heap stays as it is.
 */
public final class Soak {

  private static final int LIVE_BLOCKS = 2_000;
  private static final int MOST_HELD = 4_000;

  /** Sizes of a phase go from the one power of two to the other. */
  private enum Mix {
    TINY(4, 7),
    SMALL(6, 10),
    PAGES(10, 16),
    ALL(4, 18),
    LARGE(16, 22),
    KIB(9, 11);

    private final int fromShift;
    private final int toShift;

    Mix(int fromShift, int toShift) {
      this.fromShift = fromShift;
      this.toShift = toShift;
    }

    private long size(SplittableRandom random) {
      long bytes = 1L << random.nextInt(fromShift, toShift);
      return bytes + random.nextLong(bytes);
    }
  }

  private final HakAllocator allocator;
  private final int threads;
  private final SplittableRandom random;
  private final Optional<JavaHeap> javaHeap = JavaHeap.find();
  private final Held live = new Held(LIVE_BLOCKS);

  /** A run on an allocator of its own, which the caller closes. */
  public Soak(HakAllocator allocator, int threads, long seed) {
    this.allocator = allocator;
    this.threads = threads;
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < LIVE_BLOCKS; i++) {
      take(live, Mix.ALL.size(random));
    }
  }

  /**
   * Runs phases of a length for a time, at least those that a verdict needs.
   *
   * @param after is told of each phase
   */
  public List<SoakSample> run(long totalNs, long phaseNs, Consumer<SoakSample> after)
      throws InterruptedException, ExecutionException {
    List<SoakSample> samples = new ArrayList<>();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < totalNs || samples.size() < SoakVerdict.FEWEST_SAMPLES) {
      Mix mix = Mix.values()[samples.size() % Mix.values().length];
      phase(mix, phaseNs);
      allocator.trim();
      checkLive();
      SoakSample sample =
          new SoakSample(
              samples.size() + 1,
              mix.toString(),
              new MemorySample(
                  null,
                  (double) (System.nanoTime() - begin) / 1e9,
                  residentBytes(),
                  allocator.stats().committedBytes(),
                  allocator.stats().liveBytes()));
      samples.add(sample);
      after.accept(sample);
    }
    return samples;
  }

  /** Without the Java heap, which grows as its collector likes. */
  private long residentBytes() {
    long ofHeap = javaHeap.map(JavaHeap::residentBytes).orElse(0L);
    return ProcessMemory.exactResidentBytes() - ofHeap;
  }

  private void phase(Mix mix, long phaseNs) throws InterruptedException, ExecutionException {
    Handover handover = new Handover();
    List<FutureTask<Held>> tasks = new ArrayList<>();
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long seed = random.nextLong();
      FutureTask<Held> task = new FutureTask<>(() -> work(mix, phaseNs, seed, handover));
      tasks.add(task);
      started.add(Thread.ofPlatform().start(task));
    }
    for (Thread thread : started) {
      thread.join(); // What a thread leaves behind is taken over when it is dead.
    }
    for (FutureTask<Held> task : tasks) {
      free(task.get());
    }
    Held left = new Held(handover.slots());
    for (int slot = 0; slot < handover.slots(); slot++) {
      handover.take(slot, left);
    }
    free(left);
  }

  private Held work(Mix mix, long phaseNs, long seed, Handover handover) {
    SplittableRandom own = new SplittableRandom(seed);
    Held held = new Held(mix == Mix.LARGE ? MOST_HELD / 100 : MOST_HELD);
    long end = System.nanoTime() + phaseNs;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 100; i++) {
        step(mix, own, held, handover);
      }
    }
    return held;
  }

  private void step(Mix mix, SplittableRandom own, Held held, Handover handover) {
    int dice = own.nextInt(16);
    if (held.count() == 0 || (dice < 8 && !held.isFull())) {
      take(held, mix.size(own));
    } else if (dice < 14) {
      freeAt(held, own.nextInt(held.count()));
    } else if (dice == 14) {
      handover.put(own.nextInt(), held, own.nextInt(held.count()));
    } else {
      handover.take(own.nextInt(), held);
    }
  }

  private void take(Held held, long bytes) {
    long address = allocator.allocate(bytes);
    allocator.blockAt(address).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, ~address);
    held.add(address, bytes, ~address, true);
  }

  private void freeAt(Held held, int at) {
    check(held, at);
    allocator.free(held.address(at));
    held.remove(at);
  }

  private void free(Held held) {
    while (held.count() > 0) {
      freeAt(held, held.count() - 1);
    }
  }

  private void checkLive() {
    for (int i = 0; i < live.count(); i++) {
      check(live, i);
    }
  }

  private void check(Held held, int at) {
    long found = allocator.blockAt(held.address(at)).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    if (found != held.mark(at)) {
      throw new IllegalStateException(
          "block of %d bytes at 0x%x was overwritten".formatted(held.size(at), held.address(at)));
    }
  }

  /** Memory that the system just gave is not resident before somebody writes to it. */
  private void fill(long address) {
    allocator.blockAt(address).asSlice(Long.BYTES).fill((byte) 1);
  }

  /**
   * Allocates so many bytes in blocks of all sizes, fills them, frees them in random order, and
   * trims.
   */
  public SoakVerdict.Burst burst(long bytes) {
    Held held = new Held((int) (bytes >> 11));
    allocator.trim();
    long before = residentBytes();
    long taken = 0;
    while (taken < bytes && !held.isFull()) {
      long size = Mix.ALL.size(random);
      take(held, size);
      fill(held.address(held.count() - 1));
      taken += size;
    }
    long peak = residentBytes();
    while (held.count() > 0) {
      freeAt(held, random.nextInt(held.count()));
    }
    allocator.trim();
    long after = residentBytes();
    checkLive();
    return new SoakVerdict.Burst(taken, before, peak, after);
  }
}
