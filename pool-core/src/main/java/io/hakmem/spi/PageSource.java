package io.hakmem.spi;

import io.hakmem.OutOfNativeMemoryException;

/**
 * Where regions come from. Address space is reserved as a region first; ranges of it are then
 * committed, which makes them usable, and decommitted, which gives their memory back.
 *
 * <pre>{@code
 *          reserve               commit
 * nothing ---------> reserved  ---------> committed (zero-filled)
 *         <---------           <---------
 *          release              decommit
 * }</pre>
 *
 * <p>Every method may be called from every thread. A range belongs to one caller at a time: two
 * threads that change or use overlapping ranges must agree between themselves. Addresses and sizes
 * are in bytes and multiples of {@link #GRANULE_BYTES}; anything else, and a range that is not
 * within one live region of this source, is refused with {@link IllegalArgumentException}. After
 * {@link #close} every method but {@code close}, {@link #name}, {@link #preferredRegionBytes} and
 * {@link #zeroedOnCommit} throws {@link IllegalStateException}.
 *
 * <p>A source must not call the allocator that it serves, by no thread: what its own thread calls
 * is refused, with {@link IllegalStateException}, unless it is a hit. A source must not wait for
 * another thread that calls that allocator either: that thread waits for the call of the source to
 * end, and both wait for ever.
 */
public interface PageSource extends AutoCloseable {

  /** What every address and every size is a multiple of. */
  long GRANULE_BYTES = 64 << 10;

  /** What address and size of a range that is discarded are multiples of. */
  long DISCARD_BYTES = 4 << 10;

  /** The name for messages and statistics, such as {@code os}; never empty. */
  String name();

  /**
   * Reserves a region. All of it must be committed before use.
   *
   * @param bytes size, at least {@link #GRANULE_BYTES}
   * @return a region of at least so many bytes that overlaps no other live one; anything else is
   *     refused as out of memory
   * @throws OutOfNativeMemoryException if there is no room; the source remains usable
   */
  Region reserve(long bytes);

  /**
   * Makes a range readable, writable and filled with zeros. The range must not be committed yet:
   * the content of what already was is undefined afterwards.
   *
   * @throws OutOfNativeMemoryException if there is no memory; then nothing changed
   */
  void commit(long address, long bytes);

  /**
   * Asks the system to back a range with huge pages, once it is committed. Only a wish: a source
   * that cannot, and a system that does not, leave the range as it is.
   */
  default void preferHugePages(long address, long bytes) {}

  /**
   * Takes back what {@link #preferHugePages} asked for, so that the system does not fill a range
   * again of which parts are decommitted. Only a wish, too.
   */
  default void preferSmallPages(long address, long bytes) {}

  /**
   * Gives the memory of a committed range back, which stays committed and is zero afterwards. Only
   * a wish: a source that cannot leaves it as it is.
   *
   * @param address a multiple of {@link #DISCARD_BYTES}
   * @param bytes a multiple of the same
   */
  default void discard(long address, long bytes) {}

  /**
   * Whether {@link #decommit} gives memory back. Where it does not, memory goes back by {@link
   * #release} alone, so the supply releases regions that nobody uses.
   */
  default boolean decommitsParts() {
    return true;
  }

  /**
   * Gives the memory of a range back, as far as this source can. The content is lost, and the range
   * must be committed again before it is used. Decommitting twice is allowed.
   */
  void decommit(long address, long bytes);

  /**
   * Ends a whole region: its memory segment, and all slices of it, can no longer be used.
   *
   * @param region a live region of this source
   * @throws IllegalStateException if a native call is using the region right now; then nothing
   *     changed
   */
  void release(Region region);

  /**
   * Releases every region that is left. Calling it again does nothing.
   *
   * @throws IllegalStateException if a native call is using a region right now; the other regions
   *     are released, and another call releases the rest
   */
  @Override
  void close();

  /**
   * The best size of a region for this source.
   *
   * @param configured what the deployment asks for, at least 1
   * @return a positive multiple of {@link #GRANULE_BYTES}
   */
  long preferredRegionBytes(long configured);

  /** Whether a freshly committed range needs no filling by the caller to be zero. */
  boolean zeroedOnCommit();
}
