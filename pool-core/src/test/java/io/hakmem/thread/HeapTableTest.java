package io.hakmem.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.LoneHeaps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class HeapTableTest {

  private static final int THREADS = 32;
  private static final long DISTANCE = 1 << 16;

  private final LocalHeap nobody = LoneHeaps.of(null);
  private final HeapTable table = new HeapTable(nobody, LoneHeaps::of, ended -> {}, true);

  /** As where a program makes very many threads, and few of them stay. */
  @Test
  @Timeout(120)
  void current_ofThreadsWhoseIdsAreFarApart_isTheOwnHeapOfEach() throws Exception {
    CyclicBarrier allRegistered = new CyclicBarrier(THREADS);
    List<FutureTask<Boolean>> findings = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      FutureTask<Boolean> finds = new FutureTask<>(() -> findsItsOwn(allRegistered));
      findings.add(finds);
      threadWithIdApart(finds).start();
    }
    for (FutureTask<Boolean> finds : findings) {
      assertThat(finds.get()).isTrue();
    }
  }

  private boolean findsItsOwn(CyclicBarrier allRegistered) throws Exception {
    LocalHeap own = table.register(Thread.currentThread());
    allRegistered.await();
    return table.current() == own;
  }

  @Test
  void current_beforeTheThreadRegisters_isNobodys() throws Exception {
    table.register(Thread.currentThread());
    FutureTask<LocalHeap> other = new FutureTask<>(table::current);
    new Thread(other).start();
    assertThat(other.get()).isSameAs(nobody);
  }

  private static Thread threadWithIdApart(Runnable task) {
    Thread thread = new Thread(task);
    while (thread.threadId() % DISTANCE != 0) {
      thread = new Thread(task);
    }
    return thread;
  }
}
