package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs rounds of a load on threads that stay, and checks that each made the same calls. */
public final class Rounds implements AutoCloseable {

  private final Workload load;
  private final Subject subject;
  private final Tally expected;
  private final ExecutorService threads;
  private final CyclicBarrier start;
  private long peakCommittedBytes = -1;
  private int made;

  /**
   * Rounds that followed each other until a time was over.
   *
   * @param rounds how many, at least 1
   * @param ns the sum of their times
   */
  public record Turn(long rounds, long ns) {

    /** Millions of operations in a second, with so many operations in a round. */
    public double mops(long opsOfRound) {
      return rounds * opsOfRound * 1e3 / Math.max(1, ns);
    }
  }

  /** The threads start with the first round. */
  public Rounds(Workload load, Subject subject, Tally expected) {
    this.load = load;
    this.subject = subject;
    this.expected = expected;
    threads = Executors.newFixedThreadPool(load.threads(), subject.threads());
    start = new CyclicBarrier(load.threads());
  }

  /**
   * Measures: the first round is the cold one, and its time begins at {@code openedNs}; rounds end
   * when {@code plan} says so.
   */
  public Measurement measure(Plan plan, long openedNs, long openedFaults)
      throws ExecutionException {
    round();
    long coldNs = System.nanoTime() - openedNs;
    final long coldFaults = ProcessMemory.minorFaults() - openedFaults;
    long warmUpEnd = plan.warmupEndNs();
    for (int i = 0; i < plan.warmup() && (i < 1 || System.nanoTime() < warmUpEnd); i++) {
      round();
    }
    long faults = ProcessMemory.minorFaults();
    List<Long> steadyNs = new ArrayList<>();
    long end = plan.endNs();
    for (int i = 0; i < plan.runs() && (i < 3 || System.nanoTime() < end); i++) {
      steadyNs.add(round());
    }
    long steadyFaults = ProcessMemory.minorFaults() - faults;
    return new Measurement(
        coldNs, steadyNs, made, expected, coldFaults, steadyFaults, peakCommittedBytes);
  }

  /** Makes whole rounds until the time is over, at least one. */
  public Turn turn(long turnNs) throws ExecutionException {
    long end = System.nanoTime() + turnNs;
    long first = made;
    long ns = 0;
    do {
      ns += round();
    } while (System.nanoTime() < end);
    return new Turn(made - first, ns);
  }

  /** Runs a job on one of the threads and waits for its end. */
  public void runOnce(Runnable job) throws ExecutionException {
    CompletionService<Tally> jobs = new ExecutorCompletionService<>(threads);
    jobs.submit(job, new Tally(0, 0));
    next(jobs);
  }

  private long round() throws ExecutionException {
    long begin = System.nanoTime();
    // In the order of their ends: one that fails may keep those before it waiting.
    CompletionService<Tally> parts = new ExecutorCompletionService<>(threads);
    for (int thread = 0; thread < load.threads(); thread++) {
      int index = thread;
      parts.submit(() -> part(index));
    }
    Tally calls = new Tally(0, 0);
    for (int ended = 0; ended < load.threads(); ended++) {
      calls = calls.plus(next(parts));
    }
    long tookNs = System.nanoTime() - begin;
    made++;
    if (!calls.equals(expected) || calls.allocs() != calls.frees()) {
      throw new IllegalStateException("a round made " + calls + ", expected " + expected);
    }
    peakCommittedBytes = Math.max(peakCommittedBytes, subject.committedBytes());
    return tookNs;
  }

  private Tally part(int thread) throws InterruptedException, BrokenBarrierException {
    start.await();
    return load.run(subject, thread);
  }

  private static Tally next(CompletionService<Tally> parts) throws ExecutionException {
    try {
      return parts.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Waits for all threads: after a failure of one the others still use blocks. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
