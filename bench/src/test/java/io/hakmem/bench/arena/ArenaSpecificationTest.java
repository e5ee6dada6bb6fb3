package io.hakmem.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.OutOfNativeMemoryException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the specification of {@link Arena} says, method by method. */
@SuppressWarnings("restricted") // A call of C, and a clean-up of the caller.
@ParameterizedClass
@MethodSource("kinds")
final class ArenaSpecificationTest {

  private static final long[] SIZES = {
    0, 1, 7, 8, 9, 16, 100, 1000, 2048, 2049, 5000, 9000, 70_000
  };

  private final ArenaKind kind;
  private final HakAllocator allocator;

  ArenaSpecificationTest(ArenaKind kind) {
    this.kind = kind;
    this.allocator = kind.allocator();
  }

  static Iterable<ArenaKind> kinds() {
    return ArenaKind.all();
  }

  /** Whatever a test did, its arenas are closed, and then nothing is left. */
  @AfterEach
  void nothingIsLeft() {
    try (HakAllocator closing = allocator) {
      closing.trim();
      assertThat(closing.stats().liveBytes()).as("live bytes at the end").isZero();
    }
    assertThat(allocator.stats().reservedBytes()).as("reserved after the close").isZero();
  }

  private Arena open() {
    return kind.of(allocator);
  }

  @Test
  void allocate_anySizeAndAlignment_isAlignedAndApartFromAllOthers() {
    try (Arena arena = open()) {
      MemorySegment last = arena.allocate(1);
      Set<Long> addresses = new HashSet<>();
      for (long alignment = 1; alignment <= 1 << 20; alignment *= 2) {
        for (long bytes : SIZES) {
          MemorySegment segment = arena.allocate(bytes, alignment);
          assertThat(segment.byteSize()).isEqualTo(bytes);
          assertThat(segment.address() % alignment).isZero();
          assertThat(segment.isNative()).isTrue();
          assertThat(segment.asOverlappingSlice(last)).isEmpty();
          assertThat(addresses.add(segment.address())).as("an address of its own").isTrue();
          last = segment;
        }
      }
    }
  }

  @Test
  void allocate_manySegments_neverOverlap() {
    try (Arena arena = open()) {
      MemorySegment[] segments = new MemorySegment[3000];
      for (int i = 0; i < segments.length; i++) {
        segments[i] = arena.allocate(1 + i * 31 % 900, 1L << i % 7);
        segments[i].fill((byte) i);
      }
      for (int i = 0; i < segments.length; i++) {
        byte[] bytes = segments[i].toArray(ValueLayout.JAVA_BYTE);
        assertThat(bytes).containsOnly((byte) i);
      }
    }
  }

  @Test
  void allocate_memoryThatOthersUsed_isZeroed() {
    for (int round = 0; round < 3; round++) {
      try (Arena arena = open()) {
        for (long bytes : SIZES) {
          MemorySegment segment = arena.allocate(bytes, bytes == 1000 ? 64 : 1);
          assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).containsOnly(zerosOf(bytes));
          segment.fill((byte) 7);
        }
      }
    }
  }

  private static byte[] zerosOf(long bytes) {
    return bytes == 0 ? new byte[0] : new byte[1];
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "-9223372036854775808,1", "8,0", "8,-8", "8,3", "8,-9223372036854775808"})
  void allocate_badArguments_areRefused(long bytes, long alignment) {
    try (Arena arena = open()) {
      assertThatThrownBy(() -> arena.allocate(bytes, alignment))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              bytes < 0 ? "byteSize=" + bytes : "byteAlignment=" + alignment + " must be");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807,1",
    "9223372036854775800,4611686018427387904",
    "1,4611686018427387904"
  })
  void allocate_moreThanThereIs_isRefusedAndTheArenaGoesOn(long bytes, long alignment) {
    try (Arena arena = open()) {
      assertThatThrownBy(() -> arena.allocate(bytes, alignment))
          .isInstanceOf(OutOfNativeMemoryException.class);
      arena.allocate(10).fill((byte) 1);
    }
  }

  @Test
  void allocate_afterClose_isRefused() {
    for (long used : new long[] {0, 10, 100_000}) {
      Arena arena = open();
      arena.allocate(used);
      arena.close();
      for (long bytes : SIZES) {
        assertThatThrownBy(() -> arena.allocate(bytes)).isInstanceOf(IllegalStateException.class);
      }
      assertThatThrownBy(() -> arena.allocateFrom("x")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void scope_ofSegments_isThatOfTheArena() {
    Arena arena = open();
    MemorySegment small = arena.allocate(10);
    MemorySegment large = arena.allocate(100_000, 4096);
    assertThat(small.scope()).isEqualTo(arena.scope());
    assertThat(large.scope()).isEqualTo(arena.scope());
    assertThat(arena.allocateFrom("x").scope()).isEqualTo(arena.scope());
    assertThat(arena.scope().isAlive()).isTrue();
    arena.close();
    assertThat(arena.scope().isAlive()).isFalse();
    assertThat(small.scope().isAlive()).isFalse();
  }

  @Test
  void segments_afterClose_areRefused() {
    Arena arena = open();
    MemorySegment small = arena.allocate(10);
    MemorySegment large = arena.allocate(100_000);
    arena.close();
    assertThatThrownBy(() -> small.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> large.fill((byte) 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_twice_isRefusedAndGivesBackOnce() {
    Arena arena = open();
    arena.allocate(100);
    arena.allocate(100_000);
    arena.close();
    long frees = allocator.stats().frees();
    assertThatThrownBy(arena::close).isInstanceOf(IllegalStateException.class);
    assertThat(allocator.stats().frees()).isEqualTo(frees);
    assertThat(allocator.stats().refusedFrees()).isZero();
  }

  @Test
  void otherThread_always_mayUseASharedArenaOnly() throws InterruptedException {
    Arena arena = open();
    MemorySegment segment = arena.allocate(10);
    assertThat(inOtherThread(() -> arena.allocate(10))).satisfies(this::isAsShared);
    assertThat(inOtherThread(() -> arena.allocate(100_000))).satisfies(this::isAsShared);
    assertThat(inOtherThread(() -> arena.allocateFrom("x"))).satisfies(this::isAsShared);
    assertThat(inOtherThread(() -> segment.fill((byte) 1))).satisfies(this::isAsShared);
    assertThat(inOtherThread(arena::close)).satisfies(this::isAsShared);
    assertThat(arena.scope().isAlive()).isEqualTo(!kind.shared());
    if (!kind.shared()) {
      arena.close();
      assertThat(inOtherThread(arena::close)).isInstanceOf(WrongThreadException.class);
    }
  }

  private void isAsShared(@Nullable Throwable thrown) {
    if (kind.shared()) {
      assertThat(thrown).isNull();
    } else {
      assertThat(thrown).isInstanceOf(WrongThreadException.class);
    }
  }

  private static @Nullable Throwable inOtherThread(Runnable action) throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(() -> thrown.set(catchThrowable(action::run)));
    thread.start();
    thread.join();
    return thrown.get();
  }

  /** Called by qsort, to which a segment of the arena was passed. */
  static int closeIt(
      Arena arena, AtomicReference<Throwable> thrown, MemorySegment a, MemorySegment b) {
    thrown.set(catchThrowable(arena::close));
    return 0;
  }

  @Test
  void close_whileANativeCallUsesASegment_isRefusedAndChangesNothing() throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle qsort =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("qsort"),
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Arena arena = open();
    MethodHandle comparison =
        MethodHandles.insertArguments(
            MethodHandles.lookup()
                .findStatic(
                    ArenaSpecificationTest.class,
                    "closeIt",
                    MethodType.methodType(
                        int.class,
                        Arena.class,
                        AtomicReference.class,
                        MemorySegment.class,
                        MemorySegment.class)),
            0,
            arena,
            thrown);
    MemorySegment stub =
        linker.upcallStub(
            comparison,
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
            arena);
    MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_INT, 2, 1);
    qsort.invokeExact(numbers, 2L, 4L, stub);
    assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
    assertThat(arena.scope().isAlive()).isTrue();
    assertThat(numbers.getAtIndex(ValueLayout.JAVA_INT, 0)).isEqualTo(2);
    arena.close();
  }

  @Test
  void close_withACleanUpThatThrows_passesItOnAndGivesAllBack() {
    Arena arena = open();
    arena
        .allocate(10)
        .reinterpret(
            10,
            arena,
            ended -> {
              assertThatThrownBy(() -> arena.allocate(1)).isInstanceOf(IllegalStateException.class);
              throw new ArithmeticException("of the clean-up");
            });
    arena.allocate(100_000);
    assertThatThrownBy(arena::close).hasMessageContaining("of the clean-up");
    assertThatThrownBy(arena::close).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 16, 1000, 5000, 100_000})
  void free_ofASegmentsAddress_isRefused(long bytes) {
    try (Arena arena = open()) {
      MemorySegment segment = arena.allocate(bytes, 4096);
      MemorySegment other = arena.allocate(bytes);
      assertThatThrownBy(() -> allocator.free(segment.address()))
          .isInstanceOf(InvalidFreeException.class);
      assertThatThrownBy(() -> allocator.free(other.address()))
          .isInstanceOf(InvalidFreeException.class);
    }
  }
}
