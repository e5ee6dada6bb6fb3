package io.hakmem.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import io.hakmem.BlockDamagedException;
import io.hakmem.HakAllocator;
import io.hakmem.MemoryBudget;
import io.hakmem.NativeAllocator;
import io.hakmem.OutOfNativeMemoryException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;

final class HakArrowMemoryTest {

  private static final long LIMIT_BYTES = 8 << 20;
  private static final long MANY_BYTES = 64 << 10;

  private static HakArrowMemory limited() {
    return new HakArrowMemory(
        HakAllocator.builder()
            .profile("THROUGHPUT")
            .set("HAKMEM_MEMORY_LIMIT", Long.toString(LIMIT_BYTES)));
  }

  @Test
  void buffer_ofAnySize_liesAlignedInOurMemoryAndCountsWhatWasAsked() {
    try (HakArrowMemory memory = limited();
        BufferAllocator root = memory.newRoot(Long.MAX_VALUE)) {
      for (long bytes : new long[] {1, 16, 63, 100, 1000, 5000, MANY_BYTES, 3 * MANY_BYTES + 1}) {
        try (ArrowBuf first = root.buffer(bytes);
            ArrowBuf second = root.buffer(bytes)) {
          assertThat(first.memoryAddress() % HakArrowMemory.ALIGNMENT_BYTES).isZero();
          assertThat(second.memoryAddress() % HakArrowMemory.ALIGNMENT_BYTES).isZero();
          assertThat(memory.owns(first.memoryAddress())).isTrue();
          assertThat(root.getAllocatedMemory()).isEqualTo(first.capacity() + second.capacity());
          first.setByte(bytes - 1, 7);
          assertThat(first.getByte(bytes - 1)).isEqualTo((byte) 7);
        }
      }
      assertThat(memory.stats().liveBytes()).isZero();
    }
  }

  @Test
  void buffer_beyondTheLimit_throwsOfArrowAndServesAgain() {
    try (HakArrowMemory memory = limited();
        BufferAllocator root = memory.newRoot(Long.MAX_VALUE)) {
      List<ArrowBuf> buffers = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                while (true) {
                  buffers.add(root.buffer(MANY_BYTES));
                }
              })
          .isInstanceOf(OutOfMemoryException.class)
          .hasRootCauseInstanceOf(OutOfNativeMemoryException.class);
      assertThat(buffers).hasSizeGreaterThan((int) (LIMIT_BYTES / MANY_BYTES / 2));
      assertThat(root.getAllocatedMemory()).isEqualTo(buffers.size() * MANY_BYTES);
      buffers.forEach(ArrowBuf::close);
      root.buffer(MANY_BYTES).close();
    }
  }

  @Test
  void budget_overTwoRoots_boundsThemTogether() {
    MemoryBudget budget = new MemoryBudget("queries", LIMIT_BYTES);
    try (HakArrowMemory first = new HakArrowMemory(HakAllocator.builder().budget(budget));
        HakArrowMemory second = new HakArrowMemory(HakAllocator.builder().budget(budget));
        BufferAllocator one = first.newRoot(Long.MAX_VALUE);
        BufferAllocator two = second.newRoot(Long.MAX_VALUE);
        ArrowBuf large = one.buffer(LIMIT_BYTES / 2)) {
      assertThat(first.owns(large.memoryAddress())).isTrue();
      assertThatThrownBy(() -> two.buffer(LIMIT_BYTES))
          .isInstanceOf(OutOfMemoryException.class)
          .hasMessageContaining("queries");
      two.buffer(1000).close();
    }
  }

  @Test
  void empty_always_hasAnAlignedAddressAndNoBytes() {
    try (HakArrowMemory memory = limited();
        BufferAllocator root = memory.newRoot(LIMIT_BYTES)) {
      assertThat(root.getEmpty().capacity()).isZero();
      assertThat(root.buffer(0).memoryAddress() % HakArrowMemory.ALIGNMENT_BYTES).isZero();
      assertThat(memory.stats().allocations()).isZero();
    }
  }

  @Test
  void close_underALiveBuffer_leavesItUsableUntilItIsReleased() {
    HakArrowMemory memory = limited();
    BufferAllocator root = memory.newRoot(LIMIT_BYTES);
    ArrowBuf buffer = root.buffer(1000);
    memory.close();
    assertThatThrownBy(() -> root.buffer(10)).isInstanceOf(AllocatorClosedException.class);
    buffer.setLong(0, 42);
    assertThat(buffer.getLong(0)).isEqualTo(42);
    assertThat(memory.committedBytes()).isPositive();
    buffer.close();
    assertThat(memory.committedBytes()).isZero();
    root.close();
    memory.close();
  }

  /** An allocator whose call of a name throws the next one of these, before or behind it. */
  private static HakArrowMemory failing(String call, boolean behind, Queue<Throwable> failures) {
    HakAllocator over = HakAllocator.builder().profile("THROUGHPUT").build();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Throwable failure = method.getName().equals(call) ? failures.poll() : null;
          if (failure != null && !behind) {
            throw failure;
          }
          Object result = method.invoke(over, arguments);
          if (failure != null) {
            throw failure;
          }
          return result;
        };
    return new HakArrowMemory(
        (NativeAllocator)
            Proxy.newProxyInstance(
                NativeAllocator.class.getClassLoader(),
                new Class<?>[] {NativeAllocator.class},
                handler));
  }

  private static void assertNothingLeft(HakArrowMemory memory, BufferAllocator root) {
    assertThat(memory.stats().liveBytes()).isZero();
    root.close();
    memory.close();
    assertThat(memory.committedBytes()).isZero();
  }

  @Test
  void close_ofABufferThatAnErrorCutsOff_goesOnWithTheNextCall() {
    Error end = new StackOverflowError("of a test");
    HakArrowMemory memory = failing("free", false, new ArrayDeque<>(List.of(end)));
    BufferAllocator root = memory.newRoot(LIMIT_BYTES);
    ArrowBuf buffer = root.buffer(1000);
    assertThatThrownBy(buffer::close).isSameAs(end);
    memory.trim();
    assertNothingLeft(memory, root);
  }

  @Test
  void close_ofTheLastBufferThatAnErrorCutsOff_goesOnWithTheCloseOfTheMemory() {
    Error end = new StackOverflowError("of a test");
    HakArrowMemory memory = failing("free", false, new ArrayDeque<>(List.of(end, end)));
    BufferAllocator root = memory.newRoot(LIMIT_BYTES);
    ArrowBuf buffer = root.buffer(1000);
    memory.close();
    assertThatThrownBy(buffer::close).isSameAs(end);
    assertThat(memory.committedBytes()).isPositive();
    assertThatThrownBy(memory::close).isSameAs(end);
    memory.close();
    assertNothingLeft(memory, root);
  }

  @Test
  void close_ofABufferThatWasOverrun_saysSoAndGivesItBack() {
    BlockDamagedException found = new BlockDamagedException("of a test");
    HakArrowMemory memory = failing("free", true, new ArrayDeque<>(List.of(found)));
    BufferAllocator root = memory.newRoot(LIMIT_BYTES);
    ArrowBuf buffer = root.buffer(1000);
    assertThatThrownBy(buffer::close).isSameAs(found);
    assertNothingLeft(memory, root);
  }

  @Test
  void buffer_thatAnErrorCutsOff_isCountedOff() {
    Error end = new StackOverflowError("of a test");
    HakArrowMemory memory = failing("allocate", false, new ArrayDeque<>(List.of(end)));
    BufferAllocator root = memory.newRoot(LIMIT_BYTES);
    assertThatThrownBy(() -> root.buffer(1000)).isSameAs(end);
    root.buffer(1000).close();
    assertNothingLeft(memory, root);
  }
}
