package io.hakmem.paged;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.LoneHeaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What boxes keep for each heap, and that it goes with the heap's thread. */
final class PerHeapTest {

  private enum Kind {
    ONE,
    OTHER
  }

  private final AtomicInteger made = new AtomicInteger();
  private final List<String> ended = new ArrayList<>();
  private final PerHeap<String> parts =
      new PerHeap<>(String.class, heap -> "part " + made.incrementAndGet(), ended::add);

  private List<String> known() {
    List<String> known = new ArrayList<>();
    parts.forEach(known::add);
    return known;
  }

  /** A heap whose thread ran the task with it and ended. */
  private static LocalHeap endedHeap(Consumer<LocalHeap> task) throws InterruptedException {
    List<LocalHeap> heaps = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              heaps.add(LoneHeaps.of(Thread.currentThread()));
              task.accept(heaps.getFirst());
            });
    thread.start();
    thread.join();
    return heaps.getFirst();
  }

  @Test
  void of_sameHeapAgain_isThePartThatWasMade() {
    LocalHeap heap = LoneHeaps.of(Thread.currentThread());
    assertThat(parts.find(heap)).isNull();
    assertThat(parts.of(heap)).isEqualTo("part 1");
    assertThat(parts.of(heap)).isEqualTo("part 1");
    assertThat(parts.find(heap)).isEqualTo("part 1");
    assertThat(parts.of(LoneHeaps.of(null))).isEqualTo("part 2");
    assertThat(known()).containsExactly("part 1", "part 2");
  }

  @Test
  void of_firstTimeAfterThreadsEnded_handsTheirPartsOverOnce() throws InterruptedException {
    LocalHeap shared = LoneHeaps.of(null);
    parts.of(shared);
    for (int i = 0; i < 3; i++) {
      endedHeap(parts::of);
    }
    assertThat(ended).as("what the later ones found").containsExactly("part 2", "part 3");

    parts.of(LoneHeaps.of(Thread.currentThread()));
    parts.of(shared);

    assertThat(ended).containsExactly("part 2", "part 3", "part 4");
    assertThat(known()).containsExactly("part 1", "part 5");
  }

  @Test
  void sums_afterThreadsEnded_keepTheirCounts() throws InterruptedException {
    HeapCounts<Kind> counts = new HeapCounts<>(Kind.class);
    LocalHeap heap = LoneHeaps.of(Thread.currentThread());
    counts.count(heap, Kind.ONE);
    for (int i = 0; i < 5; i++) {
      endedHeap(
          mortal -> {
            counts.count(mortal, Kind.OTHER);
            counts.count(mortal, Kind.OTHER);
          });
      assertThat(counts.sums()).isEqualTo(Map.of(Kind.ONE, 1L, Kind.OTHER, 2L * (i + 1)));
    }
    counts.count(LoneHeaps.of(null), Kind.ONE);
    assertThat(counts.sums()).isEqualTo(Map.of(Kind.ONE, 2L, Kind.OTHER, 10L));
  }

  @Test
  void sums_nothingCounted_haveEachKind() {
    assertThat(new HeapCounts<>(Kind.class).sums()).isEqualTo(Map.of(Kind.ONE, 0L, Kind.OTHER, 0L));
  }
}
