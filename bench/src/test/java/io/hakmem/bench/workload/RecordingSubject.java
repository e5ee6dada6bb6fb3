package io.hakmem.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.subject.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * HAKMEM behind a record of who called what: it checks that each block is freed once, and that its
 * address was free before, and hashes the sizes as {@code kernel_probe.c} does.
 */
final class RecordingSubject implements Subject {

  private static final long PRIME = 0x100000001b3L;

  /** The part that a thread runs; threads that it starts run the same one. */
  private static final ThreadLocal<Part> CURRENT = new ThreadLocal<>();

  private final Subject inner = SubjectKind.HAKMEM.open(null, Map.of(), 1);
  private final Map<Long, Long> sizes = new ConcurrentHashMap<>();
  private final AtomicLong liveBytes = new AtomicLong();
  private final AtomicLong live = new AtomicLong();
  private final AtomicLong peakLive = new AtomicLong();
  private final AtomicLong peakLiveBytes = new AtomicLong();
  private final AtomicLong allocs = new AtomicLong();
  private final AtomicLong frees = new AtomicLong();

  /** The calls of one part of a round, in one thread at a time. */
  static final class Part {

    private long allocs;
    private long frees;
    private long reallocs;
    private long asked;
    private long freed;

    /** The line that the probe prints. */
    @Override
    public String toString() {
      return "%d %d %d %016x %016x".formatted(allocs, frees, reallocs, asked, freed);
    }

    /** Without what depends on the speed of other threads. */
    String asked() {
      return "%d %d %016x".formatted(allocs, reallocs, asked);
    }

    long frees() {
      return frees;
    }
  }

  private static long hashed(long hash, long value) {
    return (hash ^ value) * PRIME;
  }

  /** Runs a round, each part on a thread of its own, and returns the parts. */
  List<Part> round(Workload load) throws Exception {
    allocs.set(0);
    frees.set(0);
    List<Part> parts = new ArrayList<>();
    List<Future<Tally>> tallies = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(load.threads())) {
      for (int thread = 0; thread < load.threads(); thread++) {
        Part part = new Part();
        parts.add(part);
        tallies.add(threads.submit(part(load, thread, part)));
      }
    }
    Tally sum = new Tally(0, 0);
    for (Future<Tally> tally : tallies) {
      sum = sum.plus(tally.get());
    }
    assertThat(sum).isEqualTo(new Tally(allocs.get(), frees.get()));
    assertThat(sizes).isEmpty();
    return parts;
  }

  private Callable<Tally> part(Workload load, int thread, Part part) {
    return () -> {
      CURRENT.set(part);
      return load.run(this, thread);
    };
  }

  Tally calls() {
    return new Tally(allocs.get(), frees.get());
  }

  long peakLive() {
    return peakLive.get();
  }

  long peakLiveBytes() {
    return peakLiveBytes.get();
  }

  @Override
  public Blocks blocks() {
    Part part = CURRENT.get();
    return new Recorded(inner.blocks(), part == null ? new Part() : part);
  }

  @Override
  public ThreadFactory threads() {
    Part part = Objects.requireNonNull(CURRENT.get());
    return task ->
        new Thread(
            () -> {
              CURRENT.set(part);
              task.run();
            });
  }

  @Override
  public long usableSize(long address) {
    return inner.usableSize(address);
  }

  @Override
  public String composition() {
    return "recorded " + inner.composition();
  }

  @Override
  public void close() {
    inner.close();
  }

  private void appeared(long address, long bytes) {
    assertThat(sizes.put(address, bytes)).as("a second block at %x", address).isNull();
    peakLive.accumulateAndGet(live.incrementAndGet(), Math::max);
    peakLiveBytes.accumulateAndGet(liveBytes.addAndGet(bytes), Math::max);
  }

  private long vanished(long address) {
    Long bytes = sizes.remove(address);
    assertThat(bytes).as("free of %x, which is no live block", address).isNotNull();
    live.decrementAndGet();
    liveBytes.addAndGet(-Objects.requireNonNull(bytes));
    return bytes;
  }

  private final class Recorded implements Blocks {

    private final Blocks real;
    private final Part part;

    Recorded(Blocks real, Part part) {
      this.real = real;
      this.part = part;
    }

    @Override
    public long allocate(long bytes) {
      long address = real.allocate(bytes);
      appeared(address, bytes);
      allocs.incrementAndGet();
      part.allocs++;
      part.asked = hashed(part.asked, bytes);
      return address;
    }

    /** Forgets the block first: once it is free, another thread may get it. */
    @Override
    public void free(long address) {
      part.freed = hashed(part.freed, vanished(address));
      frees.incrementAndGet();
      part.frees++;
      real.free(address);
    }

    @Override
    public long reallocate(long address, long bytes) {
      vanished(address);
      long moved = real.reallocate(address, bytes);
      appeared(moved, bytes);
      part.reallocs++;
      part.asked = hashed(part.asked, bytes);
      return moved;
    }
  }
}
