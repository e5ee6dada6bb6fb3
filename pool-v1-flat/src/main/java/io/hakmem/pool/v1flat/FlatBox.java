package io.hakmem.pool.v1flat;

import io.hakmem.spi.Bin;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Operations;
import io.hakmem.spi.Page;
import io.hakmem.spi.PoolBox;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the next pool's bins direct and is called for what is no hit, which it hands to that pool
 * and counts. While it is disabled it changes nothing and counts nothing.
 */
final class FlatBox implements PoolBox {

  private final PoolBox next;
  private final boolean enabled;
  private final boolean asked;
  private final boolean counted;
  private final FallbackCounts handedOn;
  private final Map<LocalHeap, Fallbacks> fallbacks = new ConcurrentHashMap<>();

  FlatBox(PoolBox next, boolean enabled, boolean asked) {
    this.next = next;
    this.enabled = enabled;
    this.asked = asked;
    this.counted = enabled && asked;
    this.handedOn = new FallbackCounts(next.blockSizes(), "bin empty");
  }

  @Override
  public String name() {
    return FlatProvider.NAME;
  }

  @Override
  public long[] blockSizes() {
    return next.blockSizes();
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    Bin bin = next.newBin(heap, sizeClass);
    return enabled ? bin.handOver(this) : bin;
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    if (enabled) {
      handedOn.count(bin.sizeClass(), 0);
    }
    if (counted) {
      of(heap).allocations++;
    }
    return next.allocate(heap, bin);
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    next.refill(heap, bin);
  }

  @Override
  public boolean hearsMissedFrees() {
    return counted;
  }

  @Override
  public void missedFree(LocalHeap heap, Page page, long address) {
    if (isOfAnotherBox(page)) {
      return;
    }
    Fallbacks reasons = of(heap);
    if (page == Page.NONE) {
      reasons.pageNull++;
    } else if (!page.isLive(address) || page.bin() == null) {
      reasons.other++;
    } else if (page.owner() == heap) {
      reasons.cacheOff++;
    } else {
      reasons.foreignOwner++;
    }
  }

  /** Only the pool's operations are counted, so only its frees may be fallbacks. */
  private boolean isOfAnotherBox(Page page) {
    return page.bin() != null && !page.box().equals(next);
  }

  private Fallbacks of(LocalHeap heap) {
    return fallbacks.computeIfAbsent(heap, key -> new Fallbacks());
  }

  @Override
  public void freeRemote(Page page, long address) {
    next.freeRemote(page, address);
  }

  @Override
  public FallbackCounts fallbacks() {
    return handedOn;
  }

  @Override
  public SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = new TreeMap<>();
    if (asked) {
      Counts now = counts();
      counters.put("pool_v1_flat_alloc_tls_hit", now.allocHits());
      counters.put("pool_v1_flat_alloc_fb", now.missed().allocations);
      counters.put("pool_v1_flat_free_tls_hit", now.freeHits());
      counters.put("pool_v1_flat_free_fb", now.missed().frees());
      counters.put("pool_v1_flat_page_null", now.missed().pageNull);
      counters.put("pool_v1_flat_not_mine", now.missed().notMine());
      counters.put("pool_v1_flat_not_mine_foreign_owner", now.missed().foreignOwner);
      counters.put("pool_v1_flat_not_mine_cache_off", now.missed().cacheOff);
      counters.put("pool_v1_flat_other", now.missed().other);
    }
    return counters;
  }

  @Override
  public List<String> statistics() {
    return asked ? List.of(counts().line()) : List.of();
  }

  private Counts counts() {
    Fallbacks missed = new Fallbacks();
    fallbacks.values().forEach(missed::add);
    Operations all = counted ? next.operations() : Operations.NONE;
    return new Counts(
        all.allocations() - missed.allocations, all.ownFrees() - missed.cacheOff, missed);
  }
}
