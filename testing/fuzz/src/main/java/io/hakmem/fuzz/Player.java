package io.hakmem.fuzz;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.Heap;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.Stats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * One thread that makes random calls. Each block that it holds has its mark in the first and the
 * last bytes, some are full of it, and it looks for them before it gives the block away.
 */
public final class Player {

  private static final int MOST_SEGMENTS = 20;

  private final HakAllocator allocator;
  private final Handover handover;
  private final SplittableRandom random;
  private final Held held;
  private final Garbage garbage;
  private final Marks marks;
  private final boolean freedBlocksStay;
  private final boolean alone;
  private final Heap heap;
  private long operations;
  private long outOfMemory;

  /**
   * A player of the calling thread.
   *
   * @param promised what must hold for every block
   * @param alone whether no other thread uses the allocator, so that a freed block stays free
   */
  public Player(
      HakAllocator allocator,
      Handover handover,
      long seed,
      int most,
      Composition.Blocks promised,
      boolean alone) {
    this.allocator = allocator;
    this.handover = handover;
    this.random = new SplittableRandom(seed);
    this.held = new Held(most);
    this.marks = new Marks(allocator, promised.clearedBytes());
    this.freedBlocksStay = !Thread.currentThread().isVirtual() && !promised.someSampled();
    this.alone = alone;
    this.heap = allocator.heap();
    this.garbage = new Garbage(allocator, random, held, promised.badFreesRefused(), alone);
  }

  /** Calls so far. */
  public long operations() {
    return operations;
  }

  /** Addresses that were refused as no live block. */
  public long refused() {
    return garbage.refused();
  }

  long outOfMemory() {
    return outOfMemory;
  }

  /** What it holds. */
  public Held held() {
    return held;
  }

  /** Makes so many calls. */
  public void play(long most) {
    for (long i = 0; i < most; i++) {
      operations++;
      int dice = random.nextInt(1_000);
      if (dice < 440) {
        allocate();
      } else if (dice < 880) {
        freeOne();
      } else if (dice < 920) {
        resize();
      } else if (dice < 980) {
        pass();
      } else if (dice < 990) {
        garbage.tryOne();
      } else {
        look();
      }
    }
  }

  /** Frees what another one held, who may be dead. */
  public void inherit(Held others) {
    while (others.count() > 0) {
      int last = others.count() - 1;
      marks.check(others.addresses[last], others.sizes[last], others.marks[last]);
      allocator.free(others.addresses[last]);
      others.remove(last);
    }
  }

  private void allocate() {
    if (held.isFull()) {
      freeOne();
      return;
    }
    long bytes = size();
    try {
      long address = allocated(bytes, random.nextInt(32));
      mark(address, bytes);
    } catch (OutOfNativeMemoryException full) {
      outOfMemory++;
      freeOne();
    }
  }

  /** Mostly small, now and then of any size up to some MiB. */
  private long size() {
    int dice = random.nextInt(1_000);
    int most = dice < 900 ? 10 : dice < 990 ? 14 : dice < 999 ? 18 : 22;
    long bytes = 1L << random.nextInt(most);
    return bytes + random.nextLong(bytes);
  }

  private long allocated(long bytes, int way) {
    return switch (way) {
      case 0 -> marks.allCleared(allocator.allocateZeroed(bytes), bytes);
      case 1 -> aligned(bytes);
      case 2, 3 -> marks.cleared(allocator.segment(bytes).address(), bytes);
      case 4, 5, 6, 7, 8, 9, 10, 11 -> marks.cleared(heap.allocate(bytes), bytes);
      default -> marks.cleared(allocator.allocate(bytes), bytes);
    };
  }

  private long aligned(long bytes) {
    long alignment = 1L << random.nextInt(random.nextInt(50) == 0 ? 22 : 13);
    long address = allocator.allocate(bytes, alignment);
    Marks.require(address % alignment == 0, "alignment", address, bytes);
    return marks.cleared(address, bytes);
  }

  private void mark(long address, long bytes) {
    held.add(address, bytes, marks.write(address, bytes, random), true);
  }

  private void freeOne() {
    if (held.count() > 0) {
      free(random.nextInt(held.count()));
    }
  }

  private void free(int at) {
    long address = held.addresses[at];
    long bytes = held.sizes[at];
    boolean own = held.own[at];
    marks.check(address, bytes, held.marks[at]);
    held.remove(at);
    if ((address & 16) == 0) {
      heap.free(address);
    } else {
      allocator.free(address);
    }
    garbage.freed(address, bytes, own && freedBlocksStay);
  }

  private void resize() {
    if (held.count() == 0) {
      return;
    }
    int at = random.nextInt(held.count());
    long before = held.sizes[at];
    long bytes = size();
    long address = held.addresses[at];
    marks.check(address, before, held.marks[at]);
    try {
      long moved = allocator.reallocate(address, bytes);
      long mark = held.marks[at];
      held.remove(at);
      marks.checkMoved(moved, before, bytes, mark);
      mark(moved, bytes);
      held.own[held.count() - 1] = false;
    } catch (OutOfNativeMemoryException full) {
      outOfMemory++;
      marks.check(address, before, held.marks[at]);
    }
  }

  private void pass() {
    int slot = random.nextInt();
    if (held.count() == 0 || !handover.put(slot, held, random.nextInt(held.count()))) {
      handover.take(slot, held);
    }
  }

  private void look() {
    switch (random.nextInt(600)) {
      case 0, 1 -> allocator.trim();
      case 2, 3 -> allocator.stats();
      case 4, 5 -> allocator.checkInvariants();
      case 6, 7, 8, 9 -> allocator.collect();
      case 10 -> allocator.leaks(Duration.ZERO);
      case 11 -> allocator.boxLines();
      case 12 -> Marks.require(!allocator.describe().isEmpty(), "text", 0, 0);
      case 13, 14, 15 -> requireFigures();
      case 16, 17, 18, 19, 20, 21 -> arena();
      default -> lookAtOne();
    }
  }

  /**
   * The limit holds at every moment. What is live is exact while no other thread allocates; what is
   * committed may go back meanwhile, by the thread that purges, so it is compared with its peak.
   */
  private void requireFigures() {
    Stats stats = allocator.stats();
    long live = stats.liveBytes();
    long cached = stats.cachedBytes();
    long peak = stats.peakCommittedBytes();
    boolean isWithin = stats.limitBytes() == 0 || peak <= stats.limitBytes();
    boolean isPositive = live >= 0 && cached >= 0 && stats.committedBytes() >= 0;
    boolean isSound =
        live >= held.bytes()
            && live == allocator.liveBytes()
            && live + cached <= peak
            && stats.committedBytes() <= peak
            && stats.allocations() >= stats.frees() + held.count();
    if (!isWithin || (alone && !(isPositive && isSound))) {
      throw new IllegalStateException(
          "%d blocks of %d B are held, but the figures are %s"
              .formatted(held.count(), held.bytes(), stats));
    }
  }

  /** Opens one, and closes it when it has some memory. */
  private void arena() {
    try (Arena arena = random.nextBoolean() ? allocator.arena() : allocator.sharedArena()) {
      for (int i = random.nextInt(MOST_SEGMENTS); i > 0; i--) {
        long bytes = size();
        MemorySegment memory = arena.allocate(bytes, 1L << random.nextInt(13));
        Marks.requireCleared(memory, bytes);
        Marks.write(memory, bytes, random);
      }
    } catch (OutOfNativeMemoryException full) {
      outOfMemory++;
    }
  }

  private void lookAtOne() {
    if (held.count() == 0) {
      return;
    }
    int at = random.nextInt(held.count());
    long address = held.addresses[at];
    long bytes = held.sizes[at];
    Marks.require(allocator.owns(address), "owns", address, bytes);
    long usable = allocator.usableSize(address);
    Marks.require(usable >= bytes, "usable size", address, bytes);
    MemorySegment block = allocator.blockAt(address);
    boolean same = block.address() == address && block.byteSize() == usable;
    Marks.require(same, "segment", address, bytes);
  }
}
