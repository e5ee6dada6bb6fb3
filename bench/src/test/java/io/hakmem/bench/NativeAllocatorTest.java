package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.Heap;
import io.hakmem.InvalidFreeException;
import io.hakmem.NativeAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** The interface of an allocator, and a stand-in for it as a program's test would write one. */
final class NativeAllocatorTest {

  private final List<String> calls = new ArrayList<>();

  /** Answers segments from the arena, and writes down everything else. */
  private NativeAllocator standIn(Arena arena) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          calls.add(method.getName() + Arrays.toString(arguments));
          return switch (method.getName()) {
            case "segmentAllocator" -> (SegmentAllocator) arena;
            case "zeroedSegment" -> arena.allocate((long) arguments[0], (long) arguments[1]);
            default -> null;
          };
        };
    return (NativeAllocator)
        Proxy.newProxyInstance(
            NativeAllocator.class.getClassLoader(),
            new Class<?>[] {NativeAllocator.class},
            handler);
  }

  @Test
  void defaultCalls_ofAStandIn_endInItsOwn() {
    try (Arena arena = Arena.ofConfined()) {
      NativeAllocator allocator = standIn(arena);
      MemorySegment number = allocator.segment(ValueLayout.JAVA_LONG);
      assertThat(number.byteSize()).isEqualTo(8);
      assertThat(allocator.zeroedSegment(24).byteSize()).isEqualTo(24);
      allocator.free(number);
      allocator.free(number.asByteBuffer().position(3));
      String freed = "freeSized[%d, 8]".formatted(number.address());
      assertThat(calls)
          .containsExactly("segmentAllocatornull", "zeroedSegment[24, 1]", freed, freed);
      assertThatThrownBy(() -> allocator.free(number.asReadOnly()))
          .isInstanceOf(InvalidFreeException.class);
    }
  }

  @Test
  void heap_ofAnotherThread_throwsWrongThreadException() throws Exception {
    try (HakAllocator allocator = HakAllocator.create()) {
      FutureTask<Heap> other = new FutureTask<>(allocator::heap);
      Thread thread = new Thread(other, "other");
      thread.start();
      thread.join();
      Heap heap = other.get();
      assertThatThrownBy(() -> heap.allocate(1))
          .isInstanceOf(WrongThreadException.class)
          .hasMessageContaining("belongs to thread other");
      assertThatThrownBy(() -> heap.free(16)).isInstanceOf(WrongThreadException.class);
    }
  }
}
