package io.hakmem.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.bench.trace.Events.Kind;
import io.hakmem.gate.Profiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A recording holds every operation, however fast the program and however slow the file. */
@Timeout(120)
final class RecordingStressTest {

  private static final int THREADS = 2;
  private static final int PAIRS = 1_000_000;
  private static final int HELD = 64;

  @TempDir private Path dir;

  private static HakAllocator recorded(Path file) {
    return HakAllocator.builder()
        .profile(Profiles.THROUGHPUT)
        .set("HAKMEM_RECORD", file.toString())
        .build();
  }

  /** Allocates and frees without anything between; of a thread all sizes are its own. */
  private static void work(HakAllocator allocator, int thread) {
    long[] held = new long[HELD];
    for (int i = 0; i < PAIRS; i++) {
      int slot = i % HELD;
      if (held[slot] != 0) {
        allocator.free(held[slot]);
      }
      held[slot] = allocator.allocate(bytes(thread, i));
    }
    for (long address : held) {
      allocator.free(address);
    }
  }

  private static int bytes(int thread, int number) {
    return 1 + (number % 1000) * THREADS + thread;
  }

  private static List<Thread> started(IntConsumer work) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads.add(Thread.ofPlatform().start(() -> work.accept(thread)));
    }
    return threads;
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** All operations of each thread are there, in its order, and nothing else. */
  private static void assertWhole(Path trace) throws IOException {
    Events events = TraceReader.read(trace);
    assertThat(events.warnings()).isEmpty();
    assertThat(events.size()).isEqualTo(2 * THREADS * PAIRS);
    assertThat(events.threads()).isEqualTo(THREADS);
    int[] allocations = new int[THREADS];
    int wrong = 0;
    for (int i = 0; i < events.size(); i++) {
      if (events.kind(i) == Kind.ALLOCATE) {
        int thread = (events.bytes(i) - 1) % THREADS;
        wrong += events.bytes(i) == bytes(thread, allocations[thread]) ? 0 : 1;
        allocations[thread]++;
      }
    }
    assertThat(wrong).as("allocations that are not the next of their thread").isZero();
    assertThat(allocations).containsOnly(PAIRS);
    assertThat(TraceInfo.of(events).liveAtEnd()).isZero();
  }

  @Test
  void recording_ofThreadsAsFastAsTheyCan_losesNothing() throws Exception {
    Path file = dir.resolve("program.trace");
    try (HakAllocator allocator = recorded(file)) {
      join(started(thread -> work(allocator, thread)));
    }
    assertWhole(file);
  }

  /** Nobody reads from the pipe before both threads wait for room. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "mkfifo makes the pipe")
  void recording_intoAPipeThatIsFull_waitsAndLosesNothing() throws Exception {
    Path pipe = dir.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    assertThat(made.waitFor()).isZero();
    Path copy = dir.resolve("copy.trace");
    CountDownLatch reading = new CountDownLatch(1);
    CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> copy(pipe, copy, reading));
    try (HakAllocator allocator = recorded(pipe)) {
      List<Thread> threads = started(thread -> work(allocator, thread));
      try {
        while (threads.stream().anyMatch(thread -> !isWaiting(thread))) {
          assertThat(threads).as("threads that do not wait").allMatch(Thread::isAlive);
          TimeUnit.MILLISECONDS.sleep(1);
        }
      } finally {
        reading.countDown();
      }
      join(threads);
    }
    reader.get();
    assertWhole(copy);
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static void copy(Path from, Path to, CountDownLatch reading) {
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      reading.await();
      in.transferTo(out);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The numbers at the end of a file: how many events it holds, and how many are missing. */
  private Path changed(int fromEnd, int by) throws IOException {
    Path file = dir.resolve("program.trace");
    try (HakAllocator allocator = recorded(file)) {
      IntStream.range(0, 10).forEach(_ -> allocator.free(allocator.allocate(64)));
    }
    byte[] bytes = Files.readAllBytes(file);
    int at = bytes.length - fromEnd;
    bytes[at] = (byte) (bytes[at] + by);
    return Files.write(file, bytes);
  }

  @Test
  void recording_thatLostOperations_saysHowMany() throws IOException {
    assertThat(TraceReader.read(changed(1, 3)).warnings())
        .containsExactly(
            "3 operations are missing, since the program's stack had no room for their notes");
  }

  @Test
  void recording_thatHoldsFewerEventsThanItCounts_saysSo() throws IOException {
    Events events = TraceReader.read(changed(9, 2));
    assertThat(events.size()).isEqualTo(20);
    assertThat(events.warnings())
        .containsExactly("the recording holds 20 events, of 22 that its end counts");
  }
}
