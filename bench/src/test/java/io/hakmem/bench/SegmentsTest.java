package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.NativeAllocator;
import io.hakmem.gate.Checks;
import io.hakmem.gate.PageSourceKind;
import io.hakmem.gate.ZeroMode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks as segments and as buffers. */
final class SegmentsTest {

  private static final MemoryLayout POINT =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_DOUBLE.withName("x"), ValueLayout.JAVA_DOUBLE.withName("y"));

  @TempDir private Path dir;

  private static HakAllocator allocator(Checks checks) {
    return HakAllocator.builder().checks(checks).build();
  }

  private static void assertNothingLive(NativeAllocator allocator) {
    allocator.trim(); // Full checks keep freed blocks back.
    assertThat(allocator.liveBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"100, 1", "100, 16", "100, 64", "1, 4096", "70000, 65536", "3000000, 2097152"})
  void segment_aligned_hasItsBytesAndIsFreed(long bytes, long alignment) {
    try (HakAllocator allocator = allocator(Checks.ON)) {
      MemorySegment block = allocator.segment(bytes, alignment);
      assertThat(block.byteSize()).isEqualTo(bytes);
      assertThat(block.address() % alignment).isZero();
      allocator.free(block);
      assertThatThrownBy(() -> allocator.free(block)).isInstanceOf(InvalidFreeException.class);
      assertNothingLive(allocator);
    }
  }

  @Test
  void segment_wrongAlignmentOrSize_isRefused() {
    try (HakAllocator allocator = allocator(Checks.ON)) {
      assertThatThrownBy(() -> allocator.segment(1, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("alignment=3");
      assertThatThrownBy(() -> allocator.segment(1, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> allocator.segment(0, 8)).hasMessageContaining("size=0");
      assertThatThrownBy(() -> allocator.buffer(0)).hasMessageContaining("size=0");
      assertNothingLive(allocator);
    }
  }

  @Test
  void segment_ofALayout_fitsIt() {
    try (HakAllocator allocator = allocator(Checks.FULL)) {
      MemorySegment point = allocator.segment(POINT);
      assertThat(point.byteSize()).isEqualTo(POINT.byteSize());
      MemorySegment empty = allocator.segment(MemoryLayout.structLayout());
      MemorySegment zeroed = allocator.zeroedSegment(MemoryLayout.structLayout());
      assertThat(empty.byteSize()).isZero();
      assertThat(zeroed.byteSize()).isZero();
      allocator.free(point);
      allocator.free(empty);
      allocator.free(zeroed);
      assertNothingLive(allocator);
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 1", "600, 8", "100, 64", "9000, 4096"})
  void zeroed_inEveryZeroMode_isZeroed(long bytes, long alignment) {
    try (HakAllocator allocator = HakAllocator.builder().zeroMode(ZeroMode.OFF).build()) {
      MemorySegment used = allocator.segment(bytes, alignment).fill((byte) 1);
      allocator.free(used);
      MemorySegment block = allocator.zeroedSegment(bytes, alignment);
      assertThat(block.address()).as("the block that was used").isEqualTo(used.address());
      assertThat(block.mismatch(MemorySegment.ofArray(new byte[(int) bytes]))).isEqualTo(-1);
      allocator.free(block);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ON", "FULL"})
  void free_ofASliceInside_isRefused(Checks checks) {
    try (HakAllocator allocator = allocator(checks)) {
      MemorySegment block = allocator.segment(100);
      assertThatThrownBy(() -> allocator.free(block.asSlice(16)))
          .isInstanceOf(InvalidFreeException.class);
      allocator.free(block);
      assertNothingLive(allocator);
    }
  }

  @Test
  void free_ofAShorterSegment_isRefusedByFullChecks() {
    try (HakAllocator allocator = allocator(Checks.FULL)) {
      MemorySegment block = allocator.segment(100);
      assertThatThrownBy(() -> allocator.free(block.asSlice(0, 99)))
          .isInstanceOf(InvalidFreeException.class);
      allocator.free(block);
    }
  }

  @Test
  void free_ofWhatIsNoBlock_isRefused() {
    try (HakAllocator allocator = allocator(Checks.ON);
        Arena arena = Arena.ofConfined()) {
      MemorySegment block = allocator.segment(100);
      assertThatThrownBy(() -> allocator.free(MemorySegment.ofArray(new byte[9])))
          .isInstanceOf(InvalidFreeException.class)
          .hasMessageContaining("on the Java heap");
      assertThatThrownBy(() -> allocator.free(ByteBuffer.allocate(9)))
          .isInstanceOf(InvalidFreeException.class)
          .hasMessageContaining("on the Java heap");
      assertThatThrownBy(() -> allocator.free(block.asReadOnly()))
          .isInstanceOf(InvalidFreeException.class)
          .hasMessageContaining("read-only");
      assertThatThrownBy(() -> allocator.free(arena.allocate(100)))
          .isInstanceOf(InvalidFreeException.class);
      assertThatThrownBy(() -> allocator.free(ByteBuffer.allocateDirect(100)))
          .isInstanceOf(InvalidFreeException.class);
      allocator.free(block);
    }
  }

  @Test
  void free_ofASegmentOfAnotherAllocator_isRefused() {
    try (HakAllocator one = allocator(Checks.ON);
        HakAllocator other = allocator(Checks.ON)) {
      MemorySegment block = one.segment(100);
      assertThatThrownBy(() -> other.free(block)).isInstanceOf(InvalidFreeException.class);
      one.free(block);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ON", "FULL"})
  void segmentAllocator_always_handsOutBlocks(Checks checks) {
    try (HakAllocator allocator = allocator(checks)) {
      SegmentAllocator view = allocator.segmentAllocator();
      MemorySegment text = view.allocateFrom("hakmem");
      MemorySegment numbers = view.allocateFrom(ValueLayout.JAVA_LONG, 1, 2, 3);
      MemorySegment nothing = view.allocate(0);
      assertThat(text.getString(0)).isEqualTo("hakmem");
      assertThat(numbers.getAtIndex(ValueLayout.JAVA_LONG, 2)).isEqualTo(3);
      assertThat(nothing.byteSize()).isZero();
      assertThat(allocator.stats().allocations()).isEqualTo(3);
      assertThatThrownBy(() -> view.allocate(-1)).isInstanceOf(IllegalArgumentException.class);
      allocator.free(text);
      allocator.free(numbers);
      allocator.free(nothing);
      assertNothingLive(allocator);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OS", "ARENA"})
  void buffer_always_isDirectOfNativeOrderAndFreed(PageSourceKind source) throws Exception {
    try (HakAllocator allocator = HakAllocator.builder().pageSource(source).build()) {
      ByteBuffer buffer = allocator.buffer(1000);
      assertThat(buffer.isDirect()).isTrue();
      assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
      assertThat(buffer.remaining()).isEqualTo(1000);
      assertThat(buffer.capacity()).isEqualTo(1000);
      writeToChannels(buffer.putLong(42).flip());
      assertThatThrownBy(() -> allocator.free(buffer.clear().position(16).slice()))
          .isInstanceOf(InvalidFreeException.class);
      allocator.free(buffer.position(8).limit(9).duplicate());
      assertNothingLive(allocator);
    }
  }

  private void writeToChannels(ByteBuffer buffer) throws Exception {
    Path file = dir.resolve("written");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.write(buffer.duplicate())).isEqualTo(buffer.remaining());
    }
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(channel.write(buffer.duplicate(), 0).get()).isEqualTo(buffer.remaining());
    }
  }

  @Test
  void zeroedBuffer_inEveryZeroMode_isZeroed() {
    try (HakAllocator allocator = HakAllocator.builder().zeroMode(ZeroMode.OFF).build()) {
      MemorySegment used = allocator.segment(600).fill((byte) 1);
      allocator.free(used);
      ByteBuffer buffer = allocator.zeroedBuffer(600);
      assertThat(MemorySegment.ofBuffer(buffer).address()).isEqualTo(used.address());
      assertThat(buffer.mismatch(ByteBuffer.allocate(600))).isEqualTo(-1);
      allocator.free(buffer);
    }
  }
}
