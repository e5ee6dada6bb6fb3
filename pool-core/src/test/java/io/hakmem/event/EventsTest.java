package io.hakmem.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/** What a slow path pays for events that nobody wants. */
final class EventsTest {

  private static final List<Supplier<Object>> EVENTS =
      List.of(
          Events::refill,
          Events::largeBlock,
          Events::decommit,
          Events::adopt,
          Events::collect,
          Events::heapMade,
          Events::trim,
          Events::limitHit,
          Events::refusedFree);

  private static final List<String> NAMES =
      List.of(
          "Refill",
          "LargeBlock",
          "Decommit",
          "Adopt",
          "Collect",
          "HeapMade",
          "Trim",
          "LimitHit",
          "RefusedFree");

  /** The JVM itself may allocate in the thread, for example when it throws compiled code away. */
  private static final int ATTEMPTS = 5;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void events_withoutARecording_areNoneAndAllocateNothing() {
    assertNothingIsMade();
  }

  @Test
  void events_whileARecordingWantsOthers_areNoneAndAllocateNothing() {
    try (Recording recording = new Recording()) {
      NAMES.forEach(name -> recording.disable("io.hakmem." + name));
      recording.start();
      assertNothingIsMade();
    }
  }

  @Test
  void events_whileARecordingWantsThem_areThere() {
    try (Recording recording = new Recording()) {
      recording.start();
      assertThat(EVENTS).allSatisfy(event -> assertThat(event.get()).isNotNull());
    }
  }

  private static void assertNothingIsMade() {
    int made = 0;
    long fewest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && fewest > 0; attempt++) {
      long before = javaBytes();
      for (int i = 0; i < 1000; i++) {
        for (int kind = 0; kind < EVENTS.size(); kind++) {
          made += EVENTS.get(kind).get() == null ? 0 : 1;
        }
      }
      fewest = Math.min(fewest, javaBytes() - before);
    }
    assertThat(made).isZero();
    assertThat(fewest).isZero();
  }

  private static long javaBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
  }
}
