package io.hakmem.bench.footprint;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Threads as the subject makes them, which wait while they have nothing to do. */
final class Team implements AutoCloseable {

  private final Subject subject;
  private final int threads;
  private final ExecutorService pool;

  Team(Subject subject, int threads) {
    this.subject = subject;
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads, subject.threads());
  }

  /** Each thread does the part once, at the same time as the others. */
  void all(Consumer<Blocks> part) {
    // A thread that waits for the others cannot take the part of one of them.
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Future<?>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      parts.add(
          pool.submit(
              () -> {
                Crew.meet(together);
                part.accept(subject.blocks());
              }));
    }
    parts.forEach(Crew::result);
  }

  /** Each thread does the part once, one after the other. */
  void inTurn(Consumer<Blocks> part) {
    Object turn = new Object();
    all(
        blocks -> {
          synchronized (turn) {
            part.accept(blocks);
          }
        });
  }

  /** Ends the threads. */
  @Override
  public void close() {
    pool.close();
  }
}
