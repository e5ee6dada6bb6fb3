package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Touches everything that asks a page source for something: blocks of all kinds, reallocation,
 * remote frees, a thread that dies, a trim. After each refusal it looks at all that is live, and
 * goes on where it was.
 */
final class Scenario {

  private static final long MIB = 1 << 20;

  private final HakAllocator allocator;
  private final FaultySource source;
  private final Map<Long, Long> live = new LinkedHashMap<>();
  private int refusals;

  Scenario(HakAllocator allocator, FaultySource source) {
    this.allocator = allocator;
    this.source = source;
  }

  int refusals() {
    return refusals;
  }

  /** Runs all of it; nothing is live afterwards. */
  void run() throws Exception {
    take(60, 48);
    take(30, 700);
    take(70, 1024);
    take(12, 9_000);
    take(5, 40_000);
    take(2, 200_000);
    take(2, MIB + 1);
    aligned(100, 4_096);
    aligned(5_000, MIB);
    aligned(MIB, 2 * MIB);
    put(300_000, allocated(() -> allocator.allocateZeroed(300_000)));
    resize(700, 5_000);
    resize(5_000, 2 * MIB);
    resize(2 * MIB, 100_000);
    inThread(
        () -> {
          take(200, 336);
          give(2);
        });
    give(2);
    allocator.trim();
    look();
    take(200, 336);
    take(40, 2_000);
    inThread(() -> give(1));
    allocator.trim();
    look();
    assertThat(allocator.stats().liveBytes()).isZero();
  }

  private void take(int blocks, long bytes) {
    for (int i = 0; i < blocks; i++) {
      put(bytes, allocated(() -> allocator.allocate(bytes)));
    }
    look();
  }

  private void aligned(long bytes, long alignment) {
    long block = allocated(() -> allocator.allocate(bytes, alignment));
    assertThat(block % alignment).isZero();
    put(bytes, block);
  }

  /** Asks until it is there: a refusal must name what failed, and harm nobody. */
  private long allocated(Callable<Long> allocation) {
    try {
      return allocation.call();
    } catch (OutOfNativeMemoryException refused) {
      refusals++;
      assertThat(refused).hasMessageContaining("injected").hasMessageContaining("source faulty");
      look();
      source.heal();
      return allocated(allocation);
    } catch (Exception e) {
      throw new AssertionError("no refusal is of this kind", e);
    }
  }

  private void put(long bytes, long block) {
    fill(block, bytes);
    assertThat(live.put(block, bytes)).isNull();
  }

  private void fill(long block, long bytes) {
    MemorySegment memory = allocator.blockAt(block);
    memory.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, block);
    memory.set(ValueLayout.JAVA_LONG_UNALIGNED, bytes - Long.BYTES, ~block);
  }

  private void resize(long from, long to) {
    long block =
        live.entrySet().stream()
            .filter(entry -> entry.getValue() == from)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    long moved = allocated(() -> allocator.reallocate(block, to));
    live.remove(block);
    assertThat(allocator.blockAt(moved).get(ValueLayout.JAVA_LONG_UNALIGNED, 0)).isEqualTo(block);
    put(to, moved);
  }

  /** Frees each of so many blocks. */
  private void give(int eachOf) {
    int count = 0;
    for (Long block : List.copyOf(live.keySet())) {
      if (count++ % eachOf == 0) {
        live.remove(block);
        allocator.free(block);
      }
    }
    look();
  }

  /** All is where and as it was, and the figures are those of the source. */
  private void look() {
    live.forEach(this::check);
    allocator.checkInvariants();
    assertThat(allocator.stats().committedBytes()).isEqualTo(source.committedBytes());
  }

  private void check(long block, long bytes) {
    MemorySegment memory = allocator.blockAt(block);
    assertThat(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, 0)).isEqualTo(block);
    assertThat(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, bytes - Long.BYTES)).isEqualTo(~block);
  }

  /** In a thread that is dead afterwards. */
  private static void inThread(Runnable part) throws Exception {
    List<Throwable> failed = new ArrayList<>();
    FutureTask<Void> task = new FutureTask<>(part, null);
    Thread thread = new Thread(task);
    thread.start();
    thread.join();
    try {
      task.get();
    } catch (ExecutionException e) {
      failed.add(e.getCause());
    }
    assertThat(failed).isEmpty();
  }
}
