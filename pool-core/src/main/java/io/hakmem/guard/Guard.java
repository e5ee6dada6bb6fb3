package io.hakmem.guard;

import io.hakmem.BlockDamagedException;
import io.hakmem.Leak;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.StackRoom;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Full checks: every block has known bytes behind what was asked for, is filled with poison when it
 * is freed, and waits before it is handed out again. Any thread.
 *
 * <pre>
 *   | bytes that were asked for | canary ........... |
 *   address                                     address + size of the block
 *   after the free: poison all over
 * </pre>
 *
 * <p>The ways of finding faults are those of Electric Fence's successors: red zones, poison and
 * quarantine as in AddressSanitizer, though looked at when a block is freed or handed on, since
 * nothing here sees a single write.
 */
public final class Guard {

  private static final int LEAST_CANARY_BYTES = 16;
  private static final byte CANARY = (byte) 0xCA;
  private static final byte POISON = (byte) 0xDD;

  private final Blocks blocks;
  private final Verdicts verdicts;
  private final Ledger ledger;
  private final Quarantine quarantine;

  /** The allocator as it is without the guard. */
  public interface Blocks {

    /** A block of at least so many bytes, at a multiple of the alignment. */
    long allocate(long bytes, long alignment);

    /** Takes a block back. */
    void free(long address);

    /** The whole block. */
    MemorySegment memory(long address);

    /** Whether a live block begins at the address. */
    boolean isLive(long address);
  }

  /** Counts and words what is refused. */
  public interface Verdicts {

    /** What to say of damage: the close of an allocator overwrites marks, and is not damage. */
    RuntimeException damaged(BlockDamagedException found);

    /** Refuses an address that no caller holds; {@code known} says more of it, or is empty. */
    RuntimeException refuse(long address, String known);

    /** Refuses to free a live block; {@code known} says which size it has. */
    RuntimeException refuseSize(long address, String known);
  }

  /**
   * A guard of all blocks that are allocated through it.
   *
   * @param quarantineBytes the most bytes of freed blocks that wait
   */
  public Guard(Blocks blocks, Verdicts verdicts, long quarantineBytes, LongSupplier clockNs) {
    this.blocks = blocks;
    this.verdicts = verdicts;
    this.ledger = new Ledger(clockNs, Site.FRAMES);
    this.quarantine = new Quarantine(quarantineBytes);
  }

  /** A block with a canary; memory in quarantine is given back before the system refuses. */
  public long allocate(long bytes, long alignment) {
    KnownBlock block = ledger.newBlock(bytes);
    StackRoom.require();
    long address = allocateBlock(Math.max(bytes, bytes + LEAST_CANARY_BYTES), alignment);
    ledger.add(block, address);
    try {
      blocks.memory(address).asSlice(bytes).fill(CANARY);
    } catch (Throwable thrown) {
      discard(block);
      throw thrown;
    }
    return address;
  }

  private long allocateBlock(long bytes, long alignment) {
    try {
      return blocks.allocate(bytes, alignment);
    } catch (OutOfNativeMemoryException refused) {
      flush();
      return blocks.allocate(bytes, alignment);
    }
  }

  /**
   * Takes back a live block that no caller will get, since a later step of its allocation failed.
   * It waits in quarantine, which needs no Java object. Throws nothing.
   */
  public void discard(long address) {
    KnownBlock block = ledger.findLive(address);
    if (block != null) {
      discard(block);
    }
  }

  private void discard(KnownBlock block) {
    if (ledger.markFreed(block, null)) {
      quarantine.add(block);
    }
  }

  /**
   * Takes a block into quarantine. If this throws an Error, the block is still live.
   *
   * @throws BlockDamagedException if its canary, or the poison of a block that leaves for it, was
   *     overwritten; both are dealt with by then
   */
  public void free(long address) {
    free(requireLive(address));
  }

  /** Likewise, but refuses another size than the one that was asked for. */
  public void free(long address, long bytes) {
    KnownBlock block = requireLive(address);
    if (block.bytes != bytes) {
      throw verdicts.refuseSize(
          address,
          "has " + block.bytes + " bytes and not " + bytes + "; allocated at " + block.site);
    }
    free(block);
  }

  private void free(KnownBlock block) {
    Site site = Site.ofCaller();
    MemorySegment memory = blocks.memory(block.address);
    BlockDamagedException found = overrun(block, memory, "freed", site);
    BlockDamagedException later = releaseFor(memory);
    retire(block, memory, site);
    report(found == null ? later : found);
  }

  /**
   * A block of another size with the old contents, and zeros behind them as far as blocks are
   * cleared. If this throws, the old block is live and there is no new one.
   *
   * @param clearedBytes leading bytes of a new block that are zeros
   * @throws BlockDamagedException if the block's canary, or the poison of a block that leaves for
   *     it, was overwritten; the block is still live
   */
  public long reallocate(long address, long bytes, long clearedBytes) {
    KnownBlock old = requireLive(address);
    Site site = Site.ofCaller();
    MemorySegment from = blocks.memory(address);
    report(overrun(old, from, "reallocated", site));
    report(releaseFor(from));
    long moved = allocate(bytes, 1);
    try {
      MemorySegment to = blocks.memory(moved).asSlice(0, bytes);
      long copied = Math.min(old.bytes, bytes);
      MemorySegment.copy(from, 0, to, 0, copied);
      to.asSlice(copied, Math.max(0, Math.min(bytes, clearedBytes) - copied)).fill((byte) 0);
      retire(old, from, site);
    } catch (Throwable thrown) {
      discard(moved);
      throw thrown;
    }
    return moved;
  }

  /** Makes room for a block, before anything is done to it. */
  private @Nullable BlockDamagedException releaseFor(MemorySegment memory) {
    return release(Math.max(0, quarantine.mostBytes() - memory.byteSize()));
  }

  /** All objects are made by now: from here on a free happens as a whole, or not at all. */
  private void retire(KnownBlock block, MemorySegment memory, Site site) {
    StackRoom.require();
    if (!ledger.markFreed(block, site)) {
      throw refuse(block.address); // Another thread freed it in this moment.
    }
    boolean waits = memory.byteSize() <= quarantine.mostBytes();
    try {
      if (waits) {
        memory.fill(POISON);
      } else {
        blocks.free(block.address);
      }
    } catch (Throwable thrown) {
      if (isStillThere(block)) {
        ledger.markLive(block);
      } else {
        ledger.forget(block);
      }
      throw thrown;
    }
    if (waits) {
      block.blockBytes = memory.byteSize();
      block.poisoned = true;
      quarantine.add(block);
    } else {
      ledger.forget(block);
    }
  }

  /** Gives all blocks of the quarantine back. If it throws, the rest waits for another call. */
  public void flush() {
    report(release(0));
  }

  /** Returns what is wrong with the first of them that is not as it was. */
  private @Nullable BlockDamagedException release(long left) {
    BlockDamagedException found = null;
    StackRoom.require();
    try {
      KnownBlock oldest = quarantine.takeOldest(left);
      while (oldest != null) {
        BlockDamagedException damage = leave(oldest);
        found = found == null ? damage : found;
        oldest = quarantine.takeOldest(left);
      }
    } catch (Throwable thrown) {
      if (found != null) {
        thrown.addSuppressed(found);
      }
      throw thrown;
    }
    return found;
  }

  private @Nullable BlockDamagedException leave(KnownBlock block) {
    BlockDamagedException damage;
    try {
      damage = written(block, blocks.memory(block.address));
      blocks.free(block.address);
    } catch (Throwable thrown) {
      if (isStillThere(block)) {
        quarantine.add(block);
      } else {
        ledger.forget(block);
      }
      throw thrown;
    }
    ledger.forget(block);
    return damage;
  }

  /** Whether a block whose free failed was not freed; else its address may be another block's. */
  private boolean isStillThere(KnownBlock block) {
    return ledger.knows(block) && blocks.isLive(block.address);
  }

  private static @Nullable BlockDamagedException overrun(
      KnownBlock block, MemorySegment memory, String call, Site site) {
    long damaged = firstOther(memory, block.bytes, CANARY);
    return damaged < 0
        ? null
        : new BlockDamagedException(
            "block 0x"
                + Long.toHexString(block.address)
                + " of "
                + block.bytes
                + " bytes was overrun at byte "
                + damaged
                + "; allocated at "
                + block.site
                + ", "
                + call
                + " at "
                + site);
  }

  private static @Nullable BlockDamagedException written(KnownBlock block, MemorySegment memory) {
    long damaged = block.poisoned ? firstOther(memory, 0, POISON) : -1;
    return damaged < 0
        ? null
        : new BlockDamagedException(
            "block 0x"
                + Long.toHexString(block.address)
                + " of "
                + block.bytes
                + " bytes was written at byte "
                + damaged
                + " after its free; allocated at "
                + block.site
                + ", freed at "
                + block.freedSite);
  }

  private void report(@Nullable BlockDamagedException found) {
    if (found != null) {
      throw verdicts.damaged(found);
    }
  }

  private static long firstOther(MemorySegment memory, long from, byte expected) {
    for (long at = from; at < memory.byteSize(); at++) {
      if (memory.get(ValueLayout.JAVA_BYTE, at) != expected) {
        return at;
      }
    }
    return -1;
  }

  /**
   * What was asked for of a live block.
   *
   * @throws io.hakmem.InvalidFreeException if the address is no live block
   */
  public long bytes(long address) {
    return requireLive(address).bytes;
  }

  private KnownBlock requireLive(long address) {
    KnownBlock block = ledger.findLive(address);
    if (block == null) {
      throw refuse(address);
    }
    return block;
  }

  private RuntimeException refuse(long address) {
    KnownBlock freed = ledger.find(address);
    return verdicts.refuse(
        address,
        freed == null || !freed.freed
            ? ""
            : "is already free: allocated at " + freed.site + ", freed at " + freed.freedSite);
  }

  /** Blocks that callers hold, by the place that allocated them, the most bytes first. */
  public List<Leak> leaks(Duration age) {
    return ledger.leaks(age);
  }

  /** Bytes of freed blocks that wait. */
  public long quarantinedBytes() {
    return quarantine.bytes();
  }
}
