package io.hakmem.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectTableTest {

  /** More threads than the table has batches. */
  private static final int THREADS = 5000;

  private final ObjectTable<Integer> table = new ObjectTable<>();

  private static ThreadFactory threads(boolean virtual) {
    return virtual ? Thread.ofVirtual().factory() : Thread.ofPlatform().factory();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void places_ofThreadsThatEnd_areUsedAgain(boolean virtual) throws Exception {
    List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
    try (Arena arena = Arena.ofShared()) {
      long start = arena.allocate(ObjectTable.HEADER_BYTES).address();
      for (int i = 0; i < THREADS; i++) {
        Integer object = i;
        Thread thread =
            threads(virtual)
                .newThread(
                    () -> {
                      long address = table.places().keep(object, start, 8);
                      taken.add(table.places().take(address));
                    });
        thread.start();
        thread.join();
      }
    }
    assertThat(taken).hasSize(THREADS).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void take_byAnotherThread_isTheObjectThatWasKept(boolean virtual) throws Exception {
    int blocks = 20_000;
    try (Arena arena = Arena.ofShared();
        var executor = Executors.newFixedThreadPool(4, threads(virtual))) {
      long first = arena.allocate((long) blocks * ObjectTable.HEADER_BYTES).address();
      List<Future<Long>> kept = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        Integer object = i;
        long start = first + (long) i * ObjectTable.HEADER_BYTES;
        kept.add(executor.submit(() -> table.places().keep(object, start, 8)));
      }
      List<Future<Integer>> taken = new ArrayList<>();
      for (Future<Long> each : kept) {
        long address = each.get();
        taken.add(executor.submit(() -> table.places().take(address)));
      }
      for (int i = 0; i < blocks; i++) {
        assertThat(taken.get(i).get()).isEqualTo(i);
      }
    }
  }
}
