package io.hakmem.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import io.hakmem.HakAllocator;
import io.hakmem.Heap;
import io.hakmem.InvalidFreeException;
import io.hakmem.gate.Checks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments and buffers that are not what was handed out, and views of a closed allocator. */
final class SegmentsOfOthersTest {

  private static final List<Checks> CHECKS = List.of(Checks.ON, Checks.FULL);

  @TempDir private Path folder;

  private static HakAllocator allocator(Checks checks) {
    return HakAllocator.builder().checks(checks).build();
  }

  private static void assertNothingLive(HakAllocator allocator) {
    allocator.trim(); // Full checks keep freed blocks back.
    assertThat(allocator.liveBytes()).isZero();
  }

  private static void assertNoBlock(HakAllocator allocator, MemorySegment segment) {
    assertThatThrownBy(() -> allocator.free(segment))
        .as("%s", segment)
        .isInstanceOf(InvalidFreeException.class);
  }

  @Test
  void free_ofMemoryThatIsNoBlock_isRefused() throws IOException {
    Path file = folder.resolve("mapped");
    MemorySegment ended;
    try (Arena arena = Arena.ofConfined()) {
      ended = arena.allocate(100);
    }
    for (Checks checks : CHECKS) {
      try (HakAllocator allocator = allocator(checks);
          Arena arena = Arena.ofConfined();
          Arena own = allocator.arena();
          FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE)) {
        assertNoBlock(allocator, MemorySegment.NULL);
        assertNoBlock(allocator, MemorySegment.ofAddress(-1));
        assertNoBlock(allocator, ended);
        assertNoBlock(allocator, arena.allocate(0));
        assertNoBlock(allocator, own.allocate(100));
        assertNoBlock(allocator, channel.map(FileChannel.MapMode.READ_WRITE, 0, 100, arena));
        assertThatThrownBy(() -> allocator.free(ByteBuffer.allocateDirect(0)))
            .isInstanceOf(InvalidFreeException.class);
        assertThatThrownBy(() -> allocator.free(allocator.buffer(16).asReadOnlyBuffer()))
            .isInstanceOf(InvalidFreeException.class)
            .hasMessageContaining("read-only");
      }
    }
  }

  @Test
  @SuppressWarnings("restricted") // It makes segments as programs do.
  void free_ofASegmentWithAnotherLength_takesTheBlockUnlessFullChecksRefuseIt() {
    for (Checks checks : CHECKS) {
      try (HakAllocator allocator = allocator(checks)) {
        for (long other : new long[] {0, 99, 101, 1 << 20}) {
          MemorySegment block = allocator.segment(100);
          MemorySegment changed = MemorySegment.ofAddress(block.address()).reinterpret(other);
          if (checks == Checks.FULL) {
            assertNoBlock(allocator, changed);
            allocator.free(block);
          } else {
            allocator.free(changed);
            assertNoBlock(allocator, block);
          }
        }
        assertNothingLive(allocator);
      }
    }
  }

  @Test
  void free_byAnotherThread_takesSegmentsAndBuffers() throws Exception {
    for (Checks checks : CHECKS) {
      try (HakAllocator allocator = allocator(checks)) {
        MemorySegment block = allocator.segment(100);
        ByteBuffer buffer = allocator.buffer(100);
        onOtherThread(
            () -> {
              allocator.free(block);
              allocator.free(buffer);
            });
        assertNoBlock(allocator, block);
        assertNothingLive(allocator);
      }
    }
  }

  private static void onOtherThread(Runnable action) throws Exception {
    FutureTask<Boolean> task = new FutureTask<>(action, true);
    new Thread(task, "other").start();
    task.get(1, TimeUnit.MINUTES);
  }

  @Test
  void views_afterACloseByAnotherThread_refuseAndCrashNothing() throws Exception {
    for (Checks checks : CHECKS) {
      HakAllocator allocator = allocator(checks);
      SegmentAllocator view = allocator.segmentAllocator();
      Heap heap = allocator.heap();
      MemorySegment block = allocator.segment(100);
      ByteBuffer buffer = allocator.buffer(100);
      onOtherThread(allocator::close);
      allocator.close();
      assertClosed(
          () -> view.allocate(1),
          () -> view.allocate(100, 4096),
          () -> view.allocateFrom("hakmem"),
          () -> heap.allocate(1),
          () -> heap.free(block.address()),
          () -> allocator.heap(),
          () -> allocator.free(block),
          () -> allocator.free(buffer),
          () -> allocator.segment(1),
          () -> allocator.zeroedSegment(ValueLayout.JAVA_LONG),
          () -> allocator.buffer(1),
          () -> allocator.blockAt(block.address()),
          () -> allocator.usableSize(block.address()),
          () -> allocator.reallocate(block.address(), 10),
          () -> allocator.arena(),
          () -> allocator.sharedArena(),
          () -> allocator.collect());
      assertThat(allocator.owns(block.address())).isFalse();
      assertThatThrownBy(() -> block.get(ValueLayout.JAVA_BYTE, 0))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> buffer.get(0)).isInstanceOf(IllegalStateException.class);
    }
  }

  private static void assertClosed(ThrowingCallable... calls) {
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(AllocatorClosedException.class);
    }
  }
}
