package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * A simple model of what a box handed out: no two blocks overlap, and nobody but the test writes
 * into one. Each block holds its own address in its first and last bytes.
 */
final class LiveBlocks {

  /** A quarter of what the supply has. */
  private static final long MOST_BYTES = 16L << 20;

  private final String who;
  private final SplittableRandom random;
  private final LongConsumer frees;
  private final NavigableMap<Long, Long> sizes = new TreeMap<>();
  private final List<Long> order = new ArrayList<>();
  private final SortedMap<Long, Long> allocations = new TreeMap<>();
  private long liveBytes;

  /** No block yet; a new seed, which each message has. */
  LiveBlocks(BoxUnderTest test) {
    this(test, test.frees::free);
  }

  LiveBlocks(BoxUnderTest test, LongConsumer frees) {
    long seed = System.nanoTime();
    this.who = "%s, seed %d".formatted(test.box.name(), seed);
    this.random = new SplittableRandom(seed);
    this.frees = frees;
  }

  /** Who is tested with which seed, for messages. */
  String who() {
    return who;
  }

  int random(int bound) {
    return random.nextInt(bound);
  }

  int count() {
    return order.size();
  }

  /** How many blocks of a size a test may allocate that wants so many, of small ones. */
  static int blocks(long bytes, int wanted) {
    return Math.clamp(MOST_BYTES / bytes, 1, wanted);
  }

  /** Whether a block is to be freed now: there are so many, or large ones, or it is its turn. */
  boolean isTimeToFree(int most) {
    boolean isFull = count() > most || liveBytes > MOST_BYTES;
    return isFull || (count() > 0 && random(9) < 4);
  }

  /** Allocates a block of a class. */
  long allocate(LocalHeap heap, long bytes) {
    long block = heap.allocate(bytes);
    Map.Entry<Long, Long> below = sizes.lowerEntry(block + bytes);
    if (below != null && below.getKey() + below.getValue() > block) {
      throw new AssertionError(
          "%s: a block of %d B was handed out at 0x%x, which overlaps the live block of %d B at 0x%x"
              .formatted(who, bytes, block, below.getValue(), below.getKey()));
    }
    sizes.put(block, bytes);
    liveBytes += bytes;
    order.add(block);
    allocations.merge(bytes, 1L, Long::sum);
    mark(block, bytes);
    return block;
  }

  private static void mark(long block, long bytes) {
    MemorySegment memory = BoundedSupply.at(block, bytes);
    memory.set(ValueLayout.JAVA_LONG, 0, block);
    memory.set(ValueLayout.JAVA_LONG, bytes - Long.BYTES, block);
  }

  /** Frees one of the blocks. */
  void freeAny() {
    int at = random.nextInt(order.size());
    free(order.get(at)); // Whose block is still among those that are live, if this throws.
    order.set(at, order.getLast());
    order.removeLast();
  }

  /** Frees all blocks, in the order of allocation but for what freeing any of them changed. */
  void freeAll() {
    List<Long> all = List.copyOf(order);
    order.clear();
    all.forEach(this::free);
  }

  private void free(long block) {
    long bytes = Objects.requireNonNull(sizes.get(block));
    MemorySegment memory = BoundedSupply.at(block, bytes);
    assertThat(
            memory.get(ValueLayout.JAVA_LONG, 0) == block
                && memory.get(ValueLayout.JAVA_LONG, bytes - Long.BYTES) == block)
        .withFailMessage(
            "%s: the block of %d B at 0x%x was written to while it was live", who, bytes, block)
        .isTrue();
    try {
      frees.accept(block);
    } catch (IllegalArgumentException refused) {
      throw new AssertionError(
          "%s: the free of the live block of %d B at 0x%x was refused".formatted(who, bytes, block),
          refused);
    }
    sizes.remove(block);
    liveBytes -= bytes;
  }

  long liveBytes() {
    return liveBytes;
  }

  /** Blocks of a class that are live. */
  long live(long bytes) {
    return sizes.values().stream().filter(size -> size == bytes).count();
  }

  /** Blocks allocated so far, by size. */
  SortedMap<Long, Long> allocations() {
    return allocations;
  }
}
