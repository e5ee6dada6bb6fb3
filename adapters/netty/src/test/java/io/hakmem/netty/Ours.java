package io.hakmem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Buffers for a suite of upstream, each of which is seen to lie in memory of HAKMEM. Suites run
 * side by side, so each has an allocator of its own.
 */
final class Ours {

  private static final Map<Class<?>, Ours> BY_SUITE = new ConcurrentHashMap<>();

  private final HakByteBufAllocator allocator;
  private final Queue<ByteBuf> replaced = new ConcurrentLinkedQueue<>();

  private Ours(boolean isRaw) {
    allocator = new HakByteBufAllocator(HakAllocator.builder().profile("THROUGHPUT"), isRaw);
  }

  static Ours of(Class<?> suite) {
    return BY_SUITE.computeIfAbsent(suite, any -> new Ours(true));
  }

  /** As where native access is not enabled. */
  static Ours segmentsOf(Class<?> suite) {
    return BY_SUITE.computeIfAbsent(suite, any -> new Ours(false));
  }

  /**
   * Runs a test that looks at the objects of buffers themselves. The buffers of suites beside it
   * are not watched for that moment. One at a time, so that each finds the level of all others.
   */
  static synchronized void withoutDetector(Runnable test) {
    ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    try {
      test.run();
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
  }

  HakByteBufAllocator allocator() {
    return allocator;
  }

  ByteBuf buffer(int capacity, int maxCapacity) {
    return checked(allocator.directBuffer(capacity, maxCapacity));
  }

  /** One of ours in place of another, with the same bytes. */
  ByteBuf inPlaceOf(ByteBuf other) {
    ByteBuf ours = buffer(other.capacity(), other.maxCapacity());
    ours.setBytes(0, other, 0, other.capacity());
    ours.setIndex(other.readerIndex(), other.writerIndex());
    other.release();
    replaced.add(ours);
    return ours;
  }

  /**
   * Releases buffers that upstream's tests of slices left: where such a test expects an exception,
   * nobody releases what it made before. Returns how many there were.
   */
  int releaseLeft() {
    int left = 0;
    for (ByteBuf each : replaced) {
      if (each.refCnt() > 0) {
        each.release(each.refCnt());
        left++;
      }
    }
    return left;
  }

  ByteBuf checked(ByteBuf buffer) {
    ByteBufAllocator of = buffer.alloc();
    assertThat(of).isSameAs(allocator);
    assertThat(allocator.owns(buffer.memoryAddress())).as("in our memory: %s", buffer).isTrue();
    return buffer;
  }
}
