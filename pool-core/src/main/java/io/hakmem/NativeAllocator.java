package io.hakmem;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The calls of an allocator of native memory, for code that shall run over another one in its
 * tests. {@link HakAllocator} implements it. Before version 1.0 calls may be added.
 *
 * <p>Any thread may call any method. A block may be freed by another thread than the one that
 * allocated it, and by another call: what {@link #segment} returned may be freed by its address.
 *
 * <p>A call that a box cannot serve, since it breaks its contract, throws {@link
 * BoxFailedException}, and a call that a page source makes into its allocator {@link
 * IllegalStateException}; both leave blocks as they were.
 */
public interface NativeAllocator extends AutoCloseable {

  /**
   * A block of at least the given bytes, aligned to 16.
   *
   * <p>Its contents are as {@code HAKMEM_POOL_ZERO_MODE} says: with {@code full} all of its {@link
   * #usableSize usable} bytes are zeros, with {@code header} the first 16 of them, with {@code off}
   * none is promised to be. This holds for every block that a caller gets, by whatever call.
   *
   * @param bytes 1 or more
   * @return the address
   * @throws IllegalArgumentException if bytes is below 1
   * @throws OutOfNativeMemoryException if the limit or the system refuses; nothing is lost then
   * @throws AllocatorClosedException after {@link #close}
   */
  long allocate(long bytes);

  /**
   * A block at a multiple of the alignment.
   *
   * @param alignment a power of two
   * @throws IllegalArgumentException if bytes is below 1 or alignment is no power of two
   * @throws OutOfNativeMemoryException like {@link #allocate(long)}
   * @throws AllocatorClosedException after {@link #close}
   */
  long allocate(long bytes, long alignment);

  /** Like {@link #allocate(long)}, with all usable bytes zeroed in every zero mode. */
  long allocateZeroed(long bytes);

  /**
   * A block of the new size with the old contents, as far as both reach; the old block is freed. It
   * stays in its place if the new size is at most its usable size and more than half of it, and
   * then no byte changes: bytes that nobody wrote are what they were when the block was handed out.
   * Else it moves, and what lies behind the old contents is what {@link #allocate(long)} promises.
   * If the call throws anything, the old block is live and there is no other.
   *
   * @param address a live block
   * @param bytes 1 or more
   * @throws IllegalArgumentException if bytes is below 1
   * @throws BlockDamagedException with full checks, if bytes behind the block were overwritten
   * @throws InvalidFreeException if the address is no live block
   * @throws OutOfNativeMemoryException like {@link #allocate(long)}; the old block stays live
   * @throws AllocatorClosedException after {@link #close}
   */
  long reallocate(long address, long bytes);

  /**
   * Takes a block back. An address that was freed and then handed out again is a live block, which
   * this takes back whoever holds it.
   *
   * @throws InvalidFreeException if no live block begins at the address, since it is foreign,
   *     inside a block or already free; nothing changes then
   * @throws BlockDamagedException with full checks, if bytes behind the block were overwritten, or
   *     bytes of one that was freed before; the block is free then
   * @throws AllocatorClosedException after {@link #close}
   */
  void free(long address);

  /**
   * Takes a block back of which the caller knows the size. With {@code HAKMEM_CHECKS=full} another
   * size than the one that was asked for is refused; else it is not looked at.
   *
   * @throws InvalidFreeException like {@link #free(long)}, or because of the size; nothing changes
   * @throws BlockDamagedException like {@link #free(long)}
   * @throws AllocatorClosedException after {@link #close}
   */
  void freeSized(long address, long bytes);

  /**
   * Takes the block of a segment back: of one that {@link #segment}, {@link #zeroedSegment}, {@link
   * #segmentAllocator} or {@link #blockAt} returned.
   *
   * <p>A slice that begins inside of a block is refused. One that begins where its block does is
   * not told from the whole, except by {@code HAKMEM_CHECKS=full}, which refuses it; else it takes
   * the block back. The same holds for what {@link MemorySegment#reinterpret(long)} makes of it.
   *
   * @throws InvalidFreeException like {@link #freeSized}; and if the segment lies on the Java heap,
   *     or is read-only, since who may not write to a block does not own it
   * @throws AllocatorClosedException after {@link #close}
   */
  default void free(MemorySegment block) {
    if (!Objects.requireNonNull(block, "block").isNative()) {
      throw new InvalidFreeException(block + " lies on the Java heap, it is no block");
    }
    if (block.isReadOnly()) {
      throw new InvalidFreeException(block + " is read-only: free the segment that was handed out");
    }
    freeSized(block.address(), Math.max(1, block.byteSize()));
  }

  /**
   * Takes the block of a buffer back, whatever its position and limit are. A slice is refused like
   * that of a segment.
   *
   * @param block what {@link #buffer} or {@link #zeroedBuffer} returned, or a duplicate of it
   * @throws InvalidFreeException like {@link #free(MemorySegment)}
   * @throws AllocatorClosedException after {@link #close}
   */
  default void free(ByteBuffer block) {
    free(MemorySegment.ofBuffer(Objects.requireNonNull(block, "block").duplicate().clear()));
  }

  /**
   * Bytes of the block that may be used: all it has, with full checks those that were asked for.
   *
   * @throws InvalidFreeException if the address is no live block
   * @throws AllocatorClosedException after {@link #close}
   */
  long usableSize(long address);

  /**
   * Whether the address lies in a page that this allocator uses, be it of a live block, of a free
   * one or of an arena. Any long is a valid question; after {@link #close} the answer is no.
   */
  boolean owns(long address);

  /**
   * A new block as a segment of exactly the given bytes; {@link #free(MemorySegment)} or a free of
   * its address gives it back. The segment does not end with its block: after the free it shows
   * what the memory holds then, which may be another caller's block. Neither reading nor writing it
   * crashes, neither while the allocator is open nor later. Once it is closed, and so are the
   * arenas that were open then, both throw {@link IllegalStateException}. For a segment that ends
   * with its block use an {@link #arena} of its own.
   *
   * @param bytes 1 or more
   * @throws IllegalArgumentException like {@link #allocate(long)}
   * @throws OutOfNativeMemoryException like {@link #allocate(long)}
   * @throws AllocatorClosedException after {@link #close}
   */
  MemorySegment segment(long bytes);

  /**
   * Like {@link #segment(long)}, at a multiple of the alignment.
   *
   * @param alignment a power of two
   * @throws IllegalArgumentException like {@link #allocate(long, long)}
   */
  MemorySegment segment(long bytes, long alignment);

  /** Like {@link #segment(long, long)}, for one value of a layout, which may be empty. */
  default MemorySegment segment(MemoryLayout layout) {
    Objects.requireNonNull(layout, "layout");
    return segmentAllocator().allocate(layout.byteSize(), layout.byteAlignment());
  }

  /** Like {@link #segment(long)}, zeroed in every zero mode. */
  default MemorySegment zeroedSegment(long bytes) {
    return zeroedSegment(bytes, 1);
  }

  /** Like {@link #segment(long, long)}, zeroed in every zero mode. */
  MemorySegment zeroedSegment(long bytes, long alignment);

  /** Like {@link #segment(MemoryLayout)}, zeroed in every zero mode. */
  default MemorySegment zeroedSegment(MemoryLayout layout) {
    Objects.requireNonNull(layout, "layout");
    return zeroedSegment(Math.max(1, layout.byteSize()), layout.byteAlignment())
        .asSlice(0, layout.byteSize());
  }

  /**
   * This allocator for methods of the JDK and of others that take a {@link SegmentAllocator}. Each
   * segment is a block of its own, to be freed by {@link #free(MemorySegment)}. Segments have the
   * contents that the zero mode says, as {@link #segment(long)}; one of no bytes is a block too.
   * Any thread may use it, as long as the allocator is open.
   */
  SegmentAllocator segmentAllocator();

  /**
   * A live block as a segment of its usable size, for what {@link #reallocate} and the other raw
   * calls return. Like that of {@link #segment(long)}, it does not end with its block.
   *
   * @throws InvalidFreeException if the address is no live block
   * @throws AllocatorClosedException after {@link #close}
   */
  MemorySegment blockAt(long address);

  /**
   * A new block as a direct buffer, with the contents that the zero mode says. It has the <b>byte
   * order of the processor</b>, not big endian as other new buffers; its position is 0, and limit
   * and capacity are the given bytes. It is freed by {@link #free(ByteBuffer)} and by nothing else:
   * a buffer that is dropped keeps its block. Like a segment it does not end with its block.
   *
   * <p>Channels of {@code java.nio.channels} read and write it.
   *
   * @param bytes 1 or more
   * @throws IllegalArgumentException if bytes is below 1
   * @throws OutOfNativeMemoryException like {@link #allocate(long)}
   * @throws AllocatorClosedException after {@link #close}
   */
  ByteBuffer buffer(int bytes);

  /** Like {@link #buffer}, zeroed in every zero mode, as {@link ByteBuffer#allocateDirect} does. */
  ByteBuffer zeroedBuffer(int bytes);

  /**
   * A new arena for the calling thread alone, as {@link Arena#ofConfined}, over pages of this
   * allocator: what it allocates is zeroed in every zero mode, and its close gives all of it back.
   * Any thread may call this; the arena itself throws {@link WrongThreadException} elsewhere.
   *
   * <p>An arena that is dropped without a close keeps its memory, like one of the JDK. An arena may
   * be closed after its allocator: until then its segments stay usable and their pages mapped, and
   * what it is asked to allocate beyond the memory that it has already is refused with {@link
   * AllocatorClosedException}. No call that takes an address of a block accepts one inside of an
   * arena's memory.
   *
   * <p>If an error of the JVM, such as {@link StackOverflowError}, breaks off the close of an
   * arena, another close goes on there.
   *
   * @return an arena that throws what the specification of {@link Arena} says, and {@link
   *     OutOfNativeMemoryException} like {@link #allocate(long)}
   * @throws UnsupportedOperationException if native access is not enabled for {@code
   *     io.hakmem.core}, since the JVM would warn; the text names the option
   * @throws OutOfNativeMemoryException if the limit or the system refuses the first memory
   * @throws AllocatorClosedException after {@link #close}
   */
  Arena arena();

  /**
   * A new arena for all threads, as {@link Arena#ofShared}; in all else like {@link #arena}. Its
   * close stops every thread for a moment, once and not for each segment.
   *
   * @throws UnsupportedOperationException like {@link #arena}
   * @throws AllocatorClosedException after {@link #close}
   */
  Arena sharedArena();

  /**
   * Figures of the moment. Any thread may ask; it takes longer the more pages there are. After
   * {@link #close} nothing is reserved or committed, and the counts stay.
   */
  Stats stats();

  /** Bytes of memory that the allocator has from the system now; any thread, at any time, quick. */
  long committedBytes();

  /** Bytes of blocks that are with callers; any thread. It looks at every page. */
  long liveBytes();

  /**
   * Gives unused memory back to the system: that of the calling thread, of virtual threads, of
   * threads that have ended, and of those that wait; returns the bytes. A thread that computes
   * without ever waiting keeps what it has until it calls the allocator.
   *
   * @throws BlockDamagedException with full checks, if a block that waited was written after its
   *     free; another call does what is left
   * @throws AllocatorClosedException after {@link #close}
   */
  long trim();

  /**
   * Gives back what the calling thread keeps and does not use, and what the allocator did not use
   * for a while; for programs that turned the purge thread off, to be called from a timer. It is
   * quick if there is nothing to give back.
   *
   * @throws AllocatorClosedException after {@link #close}
   */
  void collect();

  /**
   * Gives everything back; addresses are dead from now on. Idempotent: another call goes on where
   * an error broke this one off. Pages that open arenas use stay until their arenas close, the last
   * of which gives back the rest.
   *
   * @throws IllegalStateException if native calls are using blocks right now; everything else is
   *     given back, and another call gives back the rest
   */
  @Override
  void close();
}
