package io.hakmem.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import io.hakmem.BlockDamagedException;
import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.RawMemory;
import io.hakmem.gate.Checks;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HakByteBufAllocatorTest {

  private static final int LIMIT_BYTES = 8 << 20;
  private static final int MANY_BYTES = 64 << 10;

  private static HakByteBufAllocator limited() {
    return new HakByteBufAllocator(
        HakAllocator.builder()
            .profile("THROUGHPUT")
            .set("HAKMEM_MEMORY_LIMIT", Integer.toString(LIMIT_BYTES)));
  }

  @Test
  void directBuffer_beyondTheLimit_throwsWhatNettyCatchesAndServesAgain() {
    try (HakByteBufAllocator allocator = limited()) {
      List<ByteBuf> buffers = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                while (true) {
                  buffers.add(allocator.directBuffer(MANY_BYTES));
                }
              })
          .isInstanceOf(OutOfMemoryError.class)
          .hasCauseInstanceOf(OutOfNativeMemoryException.class)
          .hasMessageContaining("asked 65536 bytes");
      assertThat(buffers).hasSizeGreaterThan(LIMIT_BYTES / MANY_BYTES / 2);
      assertThat(allocator.usedDirectMemory()).isEqualTo((long) buffers.size() * MANY_BYTES);
      ByteBuf last = buffers.getLast();
      assertThatThrownBy(() -> last.capacity(2 * LIMIT_BYTES)).isInstanceOf(OutOfMemoryError.class);
      assertThat(last.setLong(MANY_BYTES - 8, 42).getLong(MANY_BYTES - 8)).isEqualTo(42);
      buffers.forEach(ByteBuf::release);
      assertThat(allocator.usedDirectMemory()).isZero();
      allocator.directBuffer(MANY_BYTES).release();
    }
  }

  @Test
  void buffer_afterItsRelease_throwsOfNetty() {
    try (HakByteBufAllocator allocator = limited()) {
      ByteBuf buffer = allocator.directBuffer(16).writeLong(1);
      buffer.release();
      assertThatThrownBy(() -> buffer.getLong(0))
          .isInstanceOf(IllegalReferenceCountException.class);
      assertThatThrownBy(() -> buffer.setByte(0, 1))
          .isInstanceOf(IllegalReferenceCountException.class);
      assertThatThrownBy(buffer::memoryAddress).isInstanceOf(IllegalReferenceCountException.class);
      assertThatThrownBy(() -> buffer.nioBuffer(0, 8))
          .isInstanceOf(IllegalReferenceCountException.class);
      assertThatThrownBy(() -> buffer.capacity(32))
          .isInstanceOf(IllegalReferenceCountException.class);
      assertThatThrownBy(buffer::release).isInstanceOf(IllegalReferenceCountException.class);
    }
  }

  @Test
  void close_underLiveBuffers_leavesThemUsableUntilTheLastIsReleased() {
    HakByteBufAllocator allocator = limited();
    ByteBuf first = allocator.directBuffer(MANY_BYTES);
    ByteBuf second = allocator.directBuffer(0, 100);
    allocator.close();
    assertThatThrownBy(() -> allocator.directBuffer(1))
        .isInstanceOf(AllocatorClosedException.class);
    assertThat(first.writeLong(42).getLong(0)).isEqualTo(42);
    assertThat(second.writeInt(7).readInt()).isEqualTo(7);
    first.release();
    assertThat(allocator.committedBytes()).isPositive();
    second.release();
    assertThat(allocator.committedBytes()).isZero();
    allocator.close();
  }

  @Test
  void close_withoutALiveBuffer_givesAllBack() {
    HakByteBufAllocator allocator = limited();
    allocator.directBuffer(100).release();
    allocator.close();
    assertThat(allocator.committedBytes()).isZero();
    assertThatThrownBy(() -> allocator.directBuffer(1))
        .isInstanceOf(AllocatorClosedException.class);
    assertThat(allocator.usedDirectMemory()).isZero();
  }

  private static ByteBuf plain(ByteBuf buffer) {
    ByteBuf inner = buffer.unwrap();
    return inner == null ? buffer : inner;
  }

  @SuppressWarnings("ReferenceEquality") // It asks whether it is the same object.
  private static boolean isUsedAgain(HakByteBufAllocator allocator) {
    ByteBuf first = allocator.directBuffer(16, 32);
    ByteBuf object = plain(first);
    first.writeLong(1).readInt();
    first.markReaderIndex().markWriterIndex();
    first.release();
    ByteBuf second = allocator.directBuffer(8, 64);
    try {
      second.resetReaderIndex().resetWriterIndex();
      assertThat(second.readerIndex()).isZero();
      assertThat(second.writerIndex()).isZero();
      assertThat(second.capacity()).isEqualTo(8);
      assertThat(second.maxCapacity()).isEqualTo(64);
      assertThat(second.refCnt()).isEqualTo(1);
      return plain(second) == object;
    } finally {
      second.release();
    }
  }

  @Test
  void object_ofAThreadOfAnEventLoop_isUsedAgainLikeNew() throws Exception {
    try (HakByteBufAllocator allocator = limited()) {
      FutureTask<Boolean> task = new FutureTask<>(() -> isUsedAgain(allocator));
      new FastThreadLocalThread(task).start();
      assertThat(task.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void object_releasedByAnotherThread_comesBackToItsOwn() throws Exception {
    try (HakByteBufAllocator allocator = limited()) {
      FutureTask<Boolean> task =
          new FutureTask<>(
              () -> {
                ByteBuf buffer = allocator.directBuffer(16);
                Thread other = new Thread(buffer::release);
                other.start();
                other.join();
                return isSameObject(buffer, allocator.directBuffer(16));
              });
      new FastThreadLocalThread(task).start();
      assertThat(task.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @SuppressWarnings("ReferenceEquality") // It asks whether it is the same object.
  private static boolean isSameObject(ByteBuf released, ByteBuf next) {
    try {
      return plain(released) == plain(next);
    } finally {
      next.release();
    }
  }

  @Test
  void object_ofAnyOtherThread_isNew() throws Exception {
    try (HakByteBufAllocator allocator = limited()) {
      assertThat(isUsedAgain(allocator)).isFalse();
      FutureTask<Boolean> task = new FutureTask<>(() -> isUsedAgain(allocator));
      Thread.ofVirtual().start(task);
      assertThat(task.get(10, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void buffer_releasedByAnotherThread_isFree() throws Exception {
    try (HakByteBufAllocator allocator = limited()) {
      ByteBuf buffer = allocator.directBuffer(100).writeLong(42);
      FutureTask<Long> task =
          new FutureTask<>(
              () -> {
                long read = buffer.readLong();
                buffer.release();
                return read;
              });
      new FastThreadLocalThread(task).start();
      assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo(42);
      assertThat(allocator.usedDirectMemory()).isZero();
    }
  }

  @Test
  void metric_always_isExact() {
    try (HakByteBufAllocator allocator = limited()) {
      ByteBuf buffer = allocator.buffer(1000);
      assertThat(buffer.isDirect()).isTrue();
      assertThat(allocator.metric().usedDirectMemory()).isEqualTo(1000);
      buffer.capacity(70_000).capacity(10);
      assertThat(allocator.metric().usedDirectMemory()).isEqualTo(10);
      assertThat(allocator.stats().liveBytes()).isBetween(10L, 64L);
      buffer.release();
      assertThat(allocator.metric().usedDirectMemory()).isZero();
      assertThat(allocator.stats().allocations()).isEqualTo(allocator.stats().frees());
    }
  }

  /** Native code may write beyond a buffer; with full checks its release says so. */
  @Test
  void release_ofABufferThatWasOverrun_saysSoAndGivesItBack() {
    Ours.withoutDetector( // To Netty a buffer has leaked whose release threw.
        () -> {
          HakByteBufAllocator allocator =
              new HakByteBufAllocator(HakAllocator.builder().checks(Checks.FULL));
          ByteBuf buffer = allocator.directBuffer(100);
          RawMemory.putByte(buffer.memoryAddress() + 100, (byte) 1);
          assertThatThrownBy(buffer::release).isInstanceOf(BlockDamagedException.class);
          assertThat(allocator.usedDirectMemory()).isZero();
          allocator.close();
          assertThat(allocator.committedBytes()).isZero();
        });
  }
}
