package io.hakmem.guard;

import io.hakmem.Leak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Known blocks by address. Any thread.
 *
 * <p>A map of the JDK makes objects in the middle of its operations, and may throw there. Here each
 * change is a few assignments to links that the blocks bring along.
 */
final class Ledger {

  /** Shards, so that threads seldom meet. */
  private static final int SHARDS = 64;

  private final LongSupplier clockNs;
  private final int frames;
  private final Shard[] shards = new Shard[SHARDS];
  private final AtomicInteger live = new AtomicInteger();

  /**
   * An empty one.
   *
   * @param frames how many calls are kept of a place
   */
  Ledger(LongSupplier clockNs, int frames) {
    this.clockNs = clockNs;
    this.frames = frames;
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard();
    }
  }

  /** What will be known of a block that the caller is about to allocate. */
  KnownBlock newBlock(long bytes) {
    return new KnownBlock(bytes, Site.ofCaller(frames), clockNs.getAsLong());
  }

  /** Knows a live block from now on, and no older one of its address. */
  void add(KnownBlock block, long address) {
    Shard shard = shard(address);
    synchronized (shard) {
      KnownBlock older = shard.get(address);
      if (older != null) {
        unlink(shard, older);
      }
      block.address = address;
      shard.growIfFull();
      shard.link(block);
      live.incrementAndGet();
    }
  }

  /** The block of the address, live or freed. */
  @Nullable KnownBlock find(long address) {
    Shard shard = shard(address);
    synchronized (shard) {
      return shard.get(address);
    }
  }

  /** The live block of the address. */
  @Nullable KnownBlock findLive(long address) {
    Shard shard = shard(address);
    synchronized (shard) {
      KnownBlock block = shard.get(address);
      return block == null || block.freed ? null : block;
    }
  }

  /** Makes a live block a freed one; of several threads one succeeds. */
  boolean markFreed(KnownBlock block, @Nullable Site site) {
    Shard shard = shard(block.address);
    synchronized (shard) {
      if (block.freed || shard.get(block.address) != block) {
        return false;
      }
      block.freed = true;
      block.freedSite = site;
      live.decrementAndGet();
      return true;
    }
  }

  /** Takes back a {@link #markFreed}. */
  void markLive(KnownBlock block) {
    Shard shard = shard(block.address);
    synchronized (shard) {
      block.freed = false;
      block.freedSite = null;
      live.incrementAndGet();
    }
  }

  /** Whether it is still the block of its address. */
  boolean knows(KnownBlock block) {
    return find(block.address) == block;
  }

  /** Forgets the block, unless its address has another one by now. */
  void forget(KnownBlock block) {
    Shard shard = shard(block.address);
    synchronized (shard) {
      if (shard.get(block.address) == block) {
        unlink(shard, block);
      }
    }
  }

  /** Forgets the block of the address and returns it; of several threads one gets it. */
  @Nullable KnownBlock remove(long address) {
    Shard shard = shard(address);
    synchronized (shard) {
      KnownBlock block = shard.get(address);
      if (block != null) {
        unlink(shard, block);
      }
      return block;
    }
  }

  private void unlink(Shard shard, KnownBlock block) {
    shard.unlink(block);
    if (!block.freed) {
      live.decrementAndGet();
    }
  }

  /** Live blocks; approximate while threads run. */
  int size() {
    return live.get();
  }

  /** What is at least so old, by site, the most bytes first. */
  List<Leak> leaks(Duration age) {
    long now = clockNs.getAsLong();
    long leastNs = nanosOf(age);
    Map<List<String>, Leak> bySite = new LinkedHashMap<>();
    for (KnownBlock block : liveBlocks()) {
      long ageNs = now - block.bornNs;
      if (ageNs >= leastNs) {
        Leak one = new Leak(block.site.frames(), 1, block.bytes, Duration.ofNanos(ageNs));
        Leak more = bySite.get(one.frames());
        bySite.put(one.frames(), more == null ? one : sum(more, one));
      }
    }
    List<Leak> leaks = new ArrayList<>(bySite.values());
    leaks.sort((a, b) -> Long.compare(b.bytes(), a.bytes()));
    return leaks;
  }

  /** The nearest number of nanoseconds; no block is as old as what a long does not hold. */
  private static long nanosOf(Duration age) {
    try {
      return age.toNanos();
    } catch (ArithmeticException tooLong) {
      return age.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private List<KnownBlock> liveBlocks() {
    List<KnownBlock> blocks = new ArrayList<>();
    for (Shard shard : shards) {
      synchronized (shard) {
        shard.addLive(blocks);
      }
    }
    return blocks;
  }

  private static Leak sum(Leak a, Leak b) {
    Duration oldest = a.oldest().compareTo(b.oldest()) > 0 ? a.oldest() : b.oldest();
    return new Leak(a.frames(), a.blocks() + b.blocks(), a.bytes() + b.bytes(), oldest);
  }

  private Shard shard(long address) {
    return shards[hash(address) & (SHARDS - 1)];
  }

  private static int hash(long address) {
    long mixed = address * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  /** A hash table of chains; guarded by its monitor. */
  private static final class Shard {

    /** Bits of the hash that chose the shard. */
    private static final int SHARD_BITS = Integer.numberOfTrailingZeros(SHARDS);

    private @Nullable KnownBlock[] chains = new KnownBlock[16];
    private int size;

    private static int chain(long address, int length) {
      return (hash(address) >>> SHARD_BITS) & (length - 1);
    }

    @Nullable KnownBlock get(long address) {
      KnownBlock block = chains[chain(address, chains.length)];
      while (block != null && block.address != address) {
        block = block.chained;
      }
      return block;
    }

    void link(KnownBlock block) {
      int chain = chain(block.address, chains.length);
      block.chained = chains[chain];
      chains[chain] = block;
      size++;
    }

    /** The block must be in a chain. */
    void unlink(KnownBlock block) {
      int chain = chain(block.address, chains.length);
      KnownBlock before = chains[chain];
      if (before == block) {
        chains[chain] = block.chained;
      } else {
        while (before != null && before.chained != block) {
          before = before.chained;
        }
        if (before != null) {
          before.chained = block.chained;
        }
      }
      block.chained = null;
      size--;
    }

    /** Longer chains are slower, and right: so what refuses a longer table is no failure. */
    void growIfFull() {
      if (size < chains.length) {
        return;
      }
      @Nullable KnownBlock[] longer;
      try {
        longer = new KnownBlock[chains.length * 2];
      } catch (OutOfMemoryError refused) {
        return;
      }
      for (KnownBlock first : chains) {
        KnownBlock block = first;
        while (block != null) {
          KnownBlock next = block.chained;
          int chain = chain(block.address, longer.length);
          block.chained = longer[chain];
          longer[chain] = block;
          block = next;
        }
      }
      chains = longer;
    }

    void addLive(List<KnownBlock> to) {
      for (KnownBlock first : chains) {
        for (KnownBlock block = first; block != null; block = block.chained) {
          if (!block.freed) {
            to.add(block);
          }
        }
      }
    }
  }
}
