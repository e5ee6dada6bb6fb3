package io.hakmem.guard;

import io.hakmem.BlockDamagedException;
import io.hakmem.Leak;
import io.hakmem.OutOfNativeMemoryException;
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
  }

  /** Counts and words what is refused. */
  public interface Verdicts {

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
    this.ledger = new Ledger(clockNs);
    this.quarantine = new Quarantine(quarantineBytes);
  }

  /** A block with a canary; memory in quarantine is given back before the system refuses. */
  public long allocate(long bytes, long alignment) {
    long guarded = Math.max(bytes, bytes + LEAST_CANARY_BYTES);
    long address;
    try {
      address = blocks.allocate(guarded, alignment);
    } catch (OutOfNativeMemoryException refused) {
      flush();
      address = blocks.allocate(guarded, alignment);
    }
    blocks.memory(address).asSlice(bytes).fill(CANARY);
    ledger.add(address, bytes);
    return address;
  }

  /**
   * Takes a block into quarantine.
   *
   * @throws BlockDamagedException if its canary, or the poison of a block that leaves for it, was
   *     overwritten; both are dealt with by then
   */
  public void free(long address) {
    Ledger.Entry entry = ledger.remove(address);
    if (entry == null) {
      throw refuse(address);
    }
    take(address, entry);
  }

  /** Likewise, but refuses another size than the one that was asked for. */
  public void free(long address, long bytes) {
    Ledger.Entry entry = ledger.get(address);
    if (entry == null) {
      throw refuse(address);
    }
    if (entry.bytes() != bytes) {
      throw verdicts.refuseSize(
          address,
          "has %d bytes and not %d; allocated at %s".formatted(entry.bytes(), bytes, entry.site()));
    }
    free(address);
  }

  private void take(long address, Ledger.Entry entry) {
    Site site = Site.ofCaller();
    MemorySegment memory = blocks.memory(address);
    long damaged = firstOther(memory, entry.bytes(), CANARY);
    memory.fill(POISON);
    String found =
        damaged < 0
            ? null
            : "block 0x%x of %d bytes was overrun at byte %d; allocated at %s, freed at %s"
                .formatted(address, entry.bytes(), damaged, entry.site(), site);
    String later =
        release(quarantine.add(new Quarantine.Freed(address, memory.byteSize(), entry, site)));
    report(found == null ? later : found);
  }

  /** Gives all blocks of the quarantine back. */
  public void flush() {
    report(release(quarantine.clear()));
  }

  /** Returns what is wrong with the first of them that is not as it was. */
  private @Nullable String release(List<Quarantine.Freed> leaving) {
    String found = null;
    for (Quarantine.Freed freed : leaving) {
      long damaged = firstOther(blocks.memory(freed.address()), 0, POISON);
      if (damaged >= 0 && found == null) {
        found =
            "block 0x%x of %d bytes was written at byte %d after its free; allocated at %s, freed at %s"
                .formatted(
                    freed.address(),
                    freed.entry().bytes(),
                    damaged,
                    freed.entry().site(),
                    freed.site());
      }
      blocks.free(freed.address());
    }
    return found;
  }

  private static void report(@Nullable String found) {
    if (found != null) {
      throw new BlockDamagedException(found);
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
    Ledger.Entry entry = ledger.get(address);
    if (entry == null) {
      throw refuse(address);
    }
    return entry.bytes();
  }

  private RuntimeException refuse(long address) {
    Quarantine.Freed freed = quarantine.find(address);
    return verdicts.refuse(
        address,
        freed == null
            ? ""
            : "is already free: allocated at %s, freed at %s"
                .formatted(freed.entry().site(), freed.site()));
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
