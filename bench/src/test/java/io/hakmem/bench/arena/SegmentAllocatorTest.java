package io.hakmem.bench.arena;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of {@link java.lang.foreign.SegmentAllocator}, those that the interface defines and
 * those that the arena replaces: it does what the JDK's arena does, contents and exceptions.
 */
@ParameterizedClass
@MethodSource("kinds")
@Tag("slow")
final class SegmentAllocatorTest {

  private final ArenaKind kind;

  SegmentAllocatorTest(ArenaKind kind) {
    this.kind = kind;
  }

  /** A call, and how a failure names it. */
  record Call(String name, Function<Arena, MemorySegment> of) {

    @Override
    public String toString() {
      return name;
    }

    /** The contents, or the kind of exception. */
    String resultOn(Arena arena) {
      try {
        MemorySegment segment = of.apply(arena);
        return HexFormat.of().formatHex(segment.toArray(JAVA_BYTE));
      } catch (RuntimeException refused) {
        return refused.getClass().getName();
      }
    }
  }

  static Iterable<ArenaKind> kinds() {
    return ArenaKind.all();
  }

  static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    addSizes(calls);
    addStrings(calls);
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      addValues(calls, order);
      addArrays(calls, order);
    }
    addCopies(calls);
    return calls;
  }

  private static void add(List<Call> calls, String name, Function<Arena, MemorySegment> of) {
    calls.add(new Call(name, of));
  }

  private static void addSizes(List<Call> calls) {
    MemoryLayout pair = MemoryLayout.structLayout(JAVA_LONG, JAVA_INT, JAVA_INT);
    add(calls, "size", arena -> arena.allocate(100));
    add(calls, "size 0", arena -> arena.allocate(0));
    add(calls, "size -1", arena -> arena.allocate(-1));
    add(calls, "layout", arena -> arena.allocate(pair));
    add(calls, "layout null", arena -> arena.allocate((MemoryLayout) nothing()));
    add(calls, "layout aligned", arena -> arena.allocate(JAVA_INT.withByteAlignment(512)));
    add(calls, "layouts", arena -> arena.allocate(pair, 9));
    add(calls, "layouts 0", arena -> arena.allocate(pair, 0));
    add(calls, "layouts -1", arena -> arena.allocate(pair, -1));
    add(calls, "layouts overflow", arena -> arena.allocate(pair, Long.MAX_VALUE));
    add(calls, "layouts null", arena -> arena.allocate(nothing(), 3));
  }

  /** For calls that must be refused. */
  @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"})
  private static <T> T nothing() {
    return null;
  }

  private static void addStrings(List<Call> calls) {
    for (String text :
        List.of("", "abc", "a\0b", "gr\u00fc\u00dfe", "\u20ac \ud83d\ude00", "x".repeat(5000))) {
      add(calls, "text " + text.length(), arena -> arena.allocateFrom(text));
      for (Charset charset :
          List.of(
              StandardCharsets.UTF_8,
              StandardCharsets.US_ASCII,
              StandardCharsets.ISO_8859_1,
              StandardCharsets.UTF_16,
              StandardCharsets.UTF_16BE,
              StandardCharsets.UTF_16LE,
              StandardCharsets.UTF_32,
              StandardCharsets.UTF_32BE,
              StandardCharsets.UTF_32LE,
              Charset.forName("windows-1252"))) {
        add(calls, charset + " " + text.length(), arena -> arena.allocateFrom(text, charset));
      }
    }
    add(calls, "text null", arena -> arena.allocateFrom((String) nothing()));
    add(calls, "charset null", arena -> arena.allocateFrom("x", (Charset) nothing()));
    add(
        calls,
        "text null, charset",
        arena -> arena.allocateFrom(nothing(), StandardCharsets.UTF_8));
  }

  private static void addValues(List<Call> calls, ByteOrder order) {
    add(calls, "byte", arena -> arena.allocateFrom(JAVA_BYTE.withOrder(order), (byte) 9));
    add(calls, "char " + order, arena -> arena.allocateFrom(JAVA_CHAR.withOrder(order), 'q'));
    add(
        calls,
        "short " + order,
        arena -> arena.allocateFrom(JAVA_SHORT.withOrder(order), (short) 9));
    add(calls, "int " + order, arena -> arena.allocateFrom(JAVA_INT.withOrder(order), 1 << 20));
    add(calls, "float " + order, arena -> arena.allocateFrom(JAVA_FLOAT.withOrder(order), 1.5f));
    add(calls, "long " + order, arena -> arena.allocateFrom(JAVA_LONG.withOrder(order), 1L << 40));
    add(calls, "double " + order, arena -> arena.allocateFrom(JAVA_DOUBLE.withOrder(order), 1.5));
    add(
        calls,
        "address " + order,
        arena ->
            arena.allocateFrom(ValueLayout.ADDRESS.withOrder(order), MemorySegment.ofAddress(77)));
    add(
        calls,
        "address of an array",
        arena -> arena.allocateFrom(ValueLayout.ADDRESS, MemorySegment.ofArray(new byte[1])));
    add(
        calls,
        "address null",
        arena -> arena.allocateFrom(ValueLayout.ADDRESS, (MemorySegment) nothing()));
    add(calls, "int layout null", arena -> arena.allocateFrom((ValueLayout.OfInt) nothing(), 1));
  }

  private static void addArrays(List<Call> calls, ByteOrder order) {
    add(calls, "bytes", arena -> arena.allocateFrom(JAVA_BYTE, (byte) 1, (byte) 2));
    add(calls, "bytes none", arena -> arena.allocateFrom(JAVA_BYTE, new byte[0]));
    add(calls, "chars " + order, arena -> arena.allocateFrom(JAVA_CHAR.withOrder(order), 'a', 'b'));
    add(
        calls,
        "shorts " + order,
        arena -> arena.allocateFrom(JAVA_SHORT.withOrder(order), (short) 1, (short) 2));
    add(calls, "ints " + order, arena -> arena.allocateFrom(JAVA_INT.withOrder(order), 1, 2, 3));
    add(calls, "floats " + order, arena -> arena.allocateFrom(JAVA_FLOAT.withOrder(order), 1f, 2f));
    add(calls, "longs " + order, arena -> arena.allocateFrom(JAVA_LONG.withOrder(order), 1L, 2L));
    add(
        calls,
        "doubles " + order,
        arena -> arena.allocateFrom(JAVA_DOUBLE.withOrder(order), 1., 2.));
    add(calls, "ints null", arena -> arena.allocateFrom(JAVA_INT, (int[]) nothing()));
    add(
        calls,
        "many longs",
        arena -> arena.allocateFrom(JAVA_LONG.withOrder(order), new long[9000]));
    add(
        calls,
        "ints aligned too far",
        arena -> arena.allocateFrom(JAVA_INT.withByteAlignment(64), 1, 2));
  }

  private static void addCopies(List<Call> calls) {
    MemorySegment source = MemorySegment.ofArray(new int[] {1, 2, 3, 4, 5, 6, 7, 8});
    addCopy(calls, "all", JAVA_INT, source, JAVA_INT, 0, 8);
    addCopy(calls, "part", JAVA_INT, source, JAVA_INT, 8, 3);
    addCopy(calls, "turned", JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), source, JAVA_INT, 0, 8);
    addCopy(calls, "nothing", JAVA_INT, source, JAVA_INT, 32, 0);
    addCopy(calls, "other size", JAVA_LONG, source, JAVA_INT, 0, 2);
    addCopy(calls, "odd offset", JAVA_INT, source, JAVA_INT, 2, 2);
    addCopy(calls, "bad source alignment", JAVA_INT, source, JAVA_INT.withByteAlignment(64), 0, 2);
    addCopy(calls, "count -1", JAVA_INT, source, JAVA_INT, 0, -1);
    addCopy(calls, "count overflow", JAVA_INT, source, JAVA_INT, 0, Long.MAX_VALUE);
    addCopy(calls, "too many", JAVA_INT, source, JAVA_INT, 4, 8);
    addCopy(calls, "offset -4", JAVA_INT, source, JAVA_INT, -4, 2);
    addCopy(calls, "source null", JAVA_INT, nothing(), JAVA_INT, 0, 1);
    addCopy(calls, "source layout null", JAVA_INT, source, nothing(), 0, 1);
    addCopy(calls, "layout null", nothing(), source, JAVA_INT, 0, 1);
    MemorySegment gone = ended();
    addCopy(calls, "source gone", JAVA_BYTE, gone, JAVA_BYTE, 0, 16);
  }

  private static MemorySegment ended() {
    try (Arena arena = Arena.ofShared()) {
      return arena.allocate(16);
    }
  }

  private static void addCopy(
      List<Call> calls,
      String name,
      ValueLayout layout,
      MemorySegment source,
      ValueLayout sourceLayout,
      long offset,
      long count) {
    add(
        calls,
        "copy " + name,
        arena -> arena.allocateFrom(layout, source, sourceLayout, offset, count));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void call_onMemoryThatOthersUsed_doesWhatItDoesOnTheJdksArena(Call call) {
    try (HakAllocator allocator = kind.allocator()) {
      try (Arena before = kind.of(allocator)) {
        before.allocate(3000).fill((byte) 7);
        before.allocate(100_000).fill((byte) 7);
      }
      try (Arena arena = kind.of(allocator);
          Arena ofJdk = kind.ofJdk()) {
        assertThat(call.resultOn(arena)).isEqualTo(call.resultOn(ofJdk));
      }
    }
  }
}
