package io.hakmem.arena;

import io.hakmem.chunk.Chunk;
import io.hakmem.heap.StackRoom;
import io.hakmem.memory.Lifetimes;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What confined and shared arenas have in common: segments are carved from the newest chunk, one
 * after the other, and each chunk is larger than the one before.
 *
 * <p>Invariant: {@code next <= end}, and no segment reaches into {@code [next, end)}, which is the
 * rest of one of the chunks, or empty.
 */
abstract class PoolArena implements Arena {

  /** Length of the first chunk, and what the address of each chunk is a multiple of. */
  private static final long FIRST_CHUNK_BYTES = 1 << 10;

  private static final long LARGEST_CHUNK_BYTES = 32 << 10;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[8 << 10]);

  /** Segments up to here are zeroed at once, larger ones outside of a shared arena's lock. */
  private static final long SMALL_BYTES = ZEROS.byteSize();

  /** Segments up to here are filled, larger ones copied: the JVM fills with narrower stores. */
  private static final long FILLED_BYTES = 256;

  private static final long WORD_ROUND = Long.BYTES - 1;

  private final ChunkPool pool;
  private final Arena delegate;
  private final MemorySegment.Scope scope;
  private @Nullable Chunk chunks;
  private long next;
  private long end;
  private long chunkBytes;

  /**
   * Calls inside of the delegate's close, of which one closes it: a clean-up action of the caller's
   * may call the close that it runs in, or wait for a thread that does.
   */
  int closing;

  PoolArena(ChunkPool pool, Arena delegate, @Nullable Chunk first) {
    this.pool = pool;
    this.delegate = delegate;
    this.scope = delegate.scope();
    this.chunks = first;
    if (first == null) {
      chunkBytes = FIRST_CHUNK_BYTES;
    } else {
      open(first);
      chunkBytes = first.bytes() * 2;
    }
  }

  private void open(Chunk chunk) {
    next = chunk.start;
    end = chunk.end;
  }

  @Override
  public final MemorySegment.Scope scope() {
    return scope;
  }

  @Override
  public final MemorySegment allocate(long byteSize, long byteAlignment) {
    if (byteSize <= SMALL_BYTES) {
      return zeroed(byteSize, byteAlignment);
    }
    MemorySegment segment = unfilled(byteSize, byteAlignment);
    copyZeros(segment);
    return segment;
  }

  /** A small segment of zeros. */
  abstract MemorySegment zeroed(long bytes, long alignment);

  private static void copyZeros(MemorySegment segment) {
    long length;
    for (long at = 0; at < segment.byteSize(); at += length) {
      length = Math.min(ZEROS.byteSize(), segment.byteSize() - at);
      MemorySegment.copy(ZEROS, 0, segment, at, length);
    }
  }

  /** A segment whose contents are what its memory held before: the caller overwrites all of it. */
  abstract MemorySegment unfilled(long bytes, long alignment);

  private MemorySegment unfilled(ValueLayout layout) {
    return unfilled(layout.byteSize(), layout.byteAlignment());
  }

  /** Like {@link #carve}, filled with zeros as long as nobody else may close the arena. */
  final MemorySegment carveZeroed(long bytes, long alignment) {
    MemorySegment segment = carve(bytes, alignment);
    if (bytes <= FILLED_BYTES) {
      segment.fill((byte) 0);
    } else {
      MemorySegment.copy(ZEROS, 0, segment, 0, bytes);
    }
    return segment;
  }

  /** By the one thread that may use the arena right now. */
  final MemorySegment carve(long bytes, long alignment) {
    if (bytes < 0 || alignment < 1 || (alignment & (alignment - 1)) != 0) {
      throw refused(bytes, alignment);
    }
    long start = (next + alignment - 1) & -alignment;
    if (bytes >= end - start) {
      return carveSlow(bytes, alignment);
    }
    MemorySegment segment = Lifetimes.segment(start, bytes, delegate);
    // An empty segment takes a word too, so that no two segments have one address.
    next = start + ((Math.max(1, bytes) + WORD_ROUND) & ~WORD_ROUND);
    return segment;
  }

  private static IllegalArgumentException refused(long bytes, long alignment) {
    return bytes < 0
        ? new IllegalArgumentException(
            "byteSize=" + bytes + " must be in [0, " + Long.MAX_VALUE + "]")
        : new IllegalArgumentException("byteAlignment=" + alignment + " must be a power of two");
  }

  private MemorySegment carveSlow(long bytes, long alignment) {
    StackRoom.require();
    Lifetimes.segment(0, 0, delegate); // Refuses a closed arena.
    long slack = alignment > FIRST_CHUNK_BYTES ? alignment : 0;
    long needed = ((Math.max(1, bytes) + WORD_ROUND) & ~WORD_ROUND) + slack;
    if (needed < 0) {
      needed = Long.MAX_VALUE;
    }
    long room = chunkBytes;
    if (needed > room / 2) {
      Chunk own = add(needed, bytes, alignment);
      return Lifetimes.segment((own.start + alignment - 1) & -alignment, bytes, delegate);
    }
    Chunk chunk = add(room, bytes, alignment);
    chunkBytes = Math.min(chunkBytes * 2, LARGEST_CHUNK_BYTES);
    open(chunk);
    return carve(bytes, alignment);
  }

  private Chunk add(long bytes, long askedBytes, long alignment) {
    Chunk chunk = pool.take(bytes, askedBytes, alignment);
    chunk.older = chunks;
    chunks = chunk;
    return chunk;
  }

  /**
   * What a close closes before the chunks go back. A clean-up action of the caller's that throws
   * does not keep them. If an error breaks the close off, the next call goes on there.
   */
  final Arena delegate() {
    return delegate;
  }

  /** Whether the delegate is to be closed; else what a call before left is given back. */
  boolean enter() {
    if (closing == 0 && chunks != null && !scope.isAlive()) {
      giveBackChunks();
      return false;
    }
    closing++;
    return true;
  }

  /** Clean-up actions see the memory of their segments, so the last call gives it back. */
  void leave() {
    closing--;
    settle();
  }

  /** Gives back the chunks if no close is under way and the arena has ended. */
  final void settle() {
    if (closing == 0 && !scope.isAlive()) {
      giveBackChunks();
    }
  }

  /** A chunk leaves the list when it is back, so that whoever comes again begins with it. */
  private void giveBackChunks() {
    next = 0;
    end = 0;
    Chunk chunk = chunks;
    while (chunk != null) {
      giveBack(chunk);
      chunk = chunk.older;
      chunks = chunk;
    }
  }

  /** Nobody can use the chunk's segments any more. Can be repeated and continued. */
  void giveBack(Chunk chunk) {
    pool.giveBack(chunk);
  }

  @Override
  public final MemorySegment allocateFrom(String str) {
    return allocateFrom(str, StandardCharsets.UTF_8);
  }

  @Override
  public final MemorySegment allocateFrom(String str, Charset charset) {
    byte[] bytes = str.getBytes(charset);
    int terminator = terminatorBytes(charset);
    MemorySegment segment = unfilled((long) bytes.length + terminator, 1);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    for (int i = 0; i < terminator; i++) {
      segment.set(ValueLayout.JAVA_BYTE, (long) bytes.length + i, (byte) 0);
    }
    return segment;
  }

  /** The bytes of a zero in a charset, as far as the charset is a standard one. */
  private static int terminatorBytes(Charset charset) {
    return switch (charset.name()) {
      case "UTF-8", "ISO-8859-1", "US-ASCII" -> Byte.BYTES;
      case "UTF-16", "UTF-16BE", "UTF-16LE" -> Short.BYTES;
      case "UTF-32", "UTF-32BE", "UTF-32LE" -> Integer.BYTES;
      default -> throw new IllegalArgumentException("charset=" + charset + " is no standard one");
    };
  }

  @Override
  public final MemorySegment allocateFrom(ValueLayout.OfByte layout, byte value) {
    MemorySegment segment = unfilled(layout);
    segment.set(layout, 0, value);
    return segment;
  }

  @Override
  public final MemorySegment allocateFrom(ValueLayout.OfChar layout, char value) {
    MemorySegment segment = unfilled(layout);
    segment.set(layout, 0, value);
    return segment;
  }

  @Override
  public final MemorySegment allocateFrom(ValueLayout.OfShort layout, short value) {
    MemorySegment segment = unfilled(layout);
    segment.set(layout, 0, value);
    return segment;
  }

  @Override
  public final MemorySegment allocateFrom(ValueLayout.OfInt layout, int value) {
    MemorySegment segment = unfilled(layout);
    segment.set(layout, 0, value);
    return segment;
  }

  @Override
  public final MemorySegment allocateFrom(ValueLayout.OfFloat layout, float value) {
    MemorySegment segment = unfilled(layout);
    segment.set(layout, 0, value);
    return segment;
  }

  @Override
  public final MemorySegment allocateFrom(ValueLayout.OfLong layout, long value) {
    MemorySegment segment = unfilled(layout);
    segment.set(layout, 0, value);
    return segment;
  }

  @Override
  public final MemorySegment allocateFrom(ValueLayout.OfDouble layout, double value) {
    MemorySegment segment = unfilled(layout);
    segment.set(layout, 0, value);
    return segment;
  }

  @Override
  public final MemorySegment allocateFrom(AddressLayout layout, MemorySegment value) {
    Objects.requireNonNull(value);
    MemorySegment segment = unfilled(layout);
    segment.set(layout, 0, value);
    return segment;
  }

  /** Arrays come this way too. */
  @Override
  public final MemorySegment allocateFrom(
      ValueLayout elementLayout,
      MemorySegment source,
      ValueLayout sourceElementLayout,
      long sourceOffset,
      long elementCount) {
    Objects.requireNonNull(source);
    Objects.requireNonNull(sourceElementLayout);
    if (elementCount < 0) {
      throw new IllegalArgumentException(
          "elementCount=" + elementCount + " must be in [0, " + Long.MAX_VALUE + "]");
    }
    long bytes = MemoryLayout.sequenceLayout(elementCount, elementLayout).byteSize();
    MemorySegment segment = unfilled(bytes, elementLayout.byteAlignment());
    MemorySegment.copy(
        source, sourceElementLayout, sourceOffset, segment, elementLayout, 0, elementCount);
    return segment;
  }
}
