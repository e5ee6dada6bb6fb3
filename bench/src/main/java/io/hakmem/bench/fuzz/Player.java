package io.hakmem.bench.fuzz;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.Heap;
import io.hakmem.OutOfNativeMemoryException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * One thread that makes random calls. Each block that it holds has its mark in the first and the
 * last bytes, some are full of it, and it looks for them before it gives the block away.
 */
final class Player {

  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int FULL_ONE_IN = 64;
  private static final long MOST_FULL_BYTES = 16 << 10;

  /** Of larger blocks these bytes and the last one are looked at, since looking takes time. */
  private static final int MOST_CLEARED_BYTES = 256 << 10;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[MOST_CLEARED_BYTES]);

  private final HakAllocator allocator;
  private final Handover handover;
  private final SplittableRandom random;
  private final Held held;
  private final Garbage garbage;
  private final long clearedBytes;
  private final boolean freedBlocksStay;
  private final Heap heap;
  private long operations;
  private long outOfMemory;

  /**
   * A player of the calling thread.
   *
   * @param promised what must hold for every block
   * @param alone whether no other thread uses the allocator, so that a freed block stays free
   */
  Player(
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
    this.clearedBytes = promised.clearedBytes();
    this.freedBlocksStay = !Thread.currentThread().isVirtual() && !promised.someSampled();
    this.heap = allocator.heap();
    this.garbage = new Garbage(allocator, random, held, promised.badFreesRefused(), alone);
  }

  long operations() {
    return operations;
  }

  long refused() {
    return garbage.refused();
  }

  long outOfMemory() {
    return outOfMemory;
  }

  Held held() {
    return held;
  }

  void play(long most) {
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
  void inherit(Held others) {
    while (others.count() > 0) {
      int last = others.count() - 1;
      check(others.addresses[last], others.sizes[last], others.marks[last]);
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
      case 0 -> cleared(allocator.allocateZeroed(bytes), bytes, bytes);
      case 1 -> aligned(bytes);
      case 2, 3 -> cleared(allocator.segment(bytes).address(), bytes, clearedBytes);
      case 4, 5, 6, 7, 8, 9, 10, 11 -> cleared(heap.allocate(bytes), bytes, clearedBytes);
      default -> cleared(allocator.allocate(bytes), bytes, clearedBytes);
    };
  }

  private long aligned(long bytes) {
    long alignment = 1L << random.nextInt(random.nextInt(50) == 0 ? 22 : 13);
    long address = allocator.allocate(bytes, alignment);
    require(address % alignment == 0, "alignment", address, bytes);
    return cleared(address, bytes, clearedBytes);
  }

  /** Looks whether the first bytes are cleared, as far as the block has so many. */
  private long cleared(long address, long bytes, long expectedBytes) {
    long promised = Math.min(bytes, expectedBytes);
    if (promised > 0) {
      MemorySegment memory = allocator.blockAt(address);
      long looked = Math.min(promised, MOST_CLEARED_BYTES);
      long dirty = memory.asSlice(0, looked).mismatch(ZEROS.asSlice(0, looked));
      require(dirty < 0, "clearing at byte " + dirty, address, bytes);
      boolean last = memory.get(ValueLayout.JAVA_BYTE, promised - 1) == 0;
      require(last, "clearing of the last byte", address, bytes);
    }
    return address;
  }

  private void mark(long address, long bytes) {
    long mark = random.nextLong();
    if (random.nextInt(FULL_ONE_IN) == 0) {
      mark |= 1; // All of it is filled, as far as that is done at all.
    } else {
      mark &= ~1;
    }
    MemorySegment memory = allocator.blockAt(address);
    require(memory.byteSize() >= bytes, "usable size", address, bytes);
    write(memory, bytes, mark);
    held.add(address, bytes, mark, true);
  }

  private static void write(MemorySegment memory, long bytes, long mark) {
    if (bytes < Long.BYTES) {
      memory.asSlice(0, bytes).fill((byte) mark);
      return;
    }
    if ((mark & 1) != 0 && bytes <= MOST_FULL_BYTES) {
      for (long at = 0; at + Long.BYTES <= bytes; at += Long.BYTES) {
        memory.set(WORD, at, mark);
      }
    }
    memory.set(WORD, bytes - Long.BYTES, ~mark);
    memory.set(WORD, 0, mark);
  }

  private void check(long address, long bytes, long mark) {
    MemorySegment memory = allocator.blockAt(address);
    boolean right = true;
    if (bytes < Long.BYTES) {
      for (long at = 0; at < bytes; at++) {
        right &= memory.get(ValueLayout.JAVA_BYTE, at) == (byte) mark;
      }
    } else {
      right = memory.get(WORD, 0) == mark;
      right &= bytes < 2 * Long.BYTES || memory.get(WORD, bytes - Long.BYTES) == ~mark;
      if ((mark & 1) != 0 && bytes <= MOST_FULL_BYTES) {
        for (long at = 0; at + 2 * Long.BYTES <= bytes; at += Long.BYTES) {
          right &= memory.get(WORD, at) == mark;
        }
      }
    }
    require(right, "contents", address, bytes);
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
    check(address, bytes, held.marks[at]);
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
    check(address, before, held.marks[at]);
    try {
      long moved = allocator.reallocate(address, bytes);
      long mark = held.marks[at];
      held.remove(at);
      if (Math.min(before, bytes) >= 2 * Long.BYTES) {
        long kept = allocator.blockAt(moved).get(WORD, 0);
        require(kept == mark, "contents after reallocate", moved, bytes);
      }
      mark(moved, bytes);
      held.own[held.count() - 1] = false;
    } catch (OutOfNativeMemoryException full) {
      outOfMemory++;
      check(address, before, held.marks[at]);
    }
  }

  private void pass() {
    int slot = random.nextInt();
    if (held.count() == 0 || !handover.put(slot, held, random.nextInt(held.count()))) {
      handover.take(slot, held);
    }
  }

  private void look() {
    int dice = random.nextInt(300);
    if (dice == 0) {
      allocator.trim();
    } else if (dice == 1) {
      allocator.stats();
    } else if (dice == 2) {
      allocator.checkInvariants();
    } else if (held.count() > 0) {
      int at = random.nextInt(held.count());
      require(allocator.owns(held.addresses[at]), "owns", held.addresses[at], held.sizes[at]);
      long usable = allocator.usableSize(held.addresses[at]);
      require(usable >= held.sizes[at], "usable size", held.addresses[at], held.sizes[at]);
    }
  }

  private static void require(boolean right, String what, long address, long bytes) {
    if (!right) {
      throw new IllegalStateException(
          "wrong %s: block of %d bytes at 0x%x".formatted(what, bytes, address));
    }
  }
}
