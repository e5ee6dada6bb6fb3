package io.hakmem.smallmid;

import io.hakmem.SettingsException;
import io.hakmem.spi.Bin;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import io.hakmem.spi.PoolBox;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes the next box's bins of three sizes over, and makes their pages stack unused blocks in
 * batches. What it cannot serve by a batch goes to the next box, which also keeps the pages: so it
 * collects, drains, flushes and adopts without this box.
 */
final class SmallmidBox implements PoolBox {

  private static final long[] SIZES = {256, 512, 1024};

  private final PoolBox next;
  private final int[] nextClasses;
  private final List<Long> stacks;
  private final boolean counted;
  private final FallbackCounts handedOn = new FallbackCounts(SIZES, "batches used up");
  private final Map<LocalHeap, Misses> misses = new ConcurrentHashMap<>();

  /** A front; the stacks are in blocks, one for each size. */
  SmallmidBox(PoolBox next, List<Long> stacks, boolean counted) {
    this.next = next;
    this.stacks = stacks;
    this.counted = counted;
    this.nextClasses = nextClasses(next);
  }

  private static int[] nextClasses(PoolBox next) {
    long[] offered = next.blockSizes();
    int[] classes = new int[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      classes[i] = Arrays.binarySearch(offered, SIZES[i]);
      if (classes[i] < 0) {
        throw new SettingsException(
            "%s=1 needs blocks of %s B, %s has %s B: set HAKMEM_POOL_CLASSES=fine or %s=0"
                .formatted(
                    SmallmidGates.ENABLE,
                    Arrays.toString(SIZES),
                    next.name(),
                    Arrays.toString(offered),
                    SmallmidGates.ENABLE));
      }
    }
    return classes;
  }

  @Override
  public String name() {
    return SmallmidProvider.NAME;
  }

  @Override
  public long[] blockSizes() {
    return SIZES.clone();
  }

  @Override
  public boolean alignsBlocks() {
    return next.alignsBlocks();
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    Bin bin = next.newBin(heap, nextClasses[sizeClass]).handOver(this);
    bin.batch(Math.toIntExact(stacks.get(sizeClass)));
    return bin;
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    if (bin.hasFreeBlocks() || takeBatch(heap, bin)) {
      return bin.pop();
    }
    int index = Arrays.binarySearch(SIZES, bin.blockBytes());
    handedOn.count(index, 0);
    if (counted) {
      of(heap).byClass[index]++;
    }
    return bin.lender().allocate(heap, bin);
  }

  private boolean takeBatch(LocalHeap heap, Bin bin) {
    boolean taken = bin.takeBatch();
    if (taken && counted) {
      of(heap).batches++;
    }
    return taken;
  }

  private Misses of(LocalHeap heap) {
    return misses.computeIfAbsent(heap, key -> new Misses(SIZES.length));
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    if (counted) {
      of(heap).refills++;
    }
    bin.lender().refill(heap, bin);
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
    if (counted) {
      Misses sum = new Misses(SIZES.length);
      misses.values().forEach(sum::add);
      counters.put("smallmid_refills", sum.refills);
      counters.put("smallmid_batches", sum.batches);
      for (int i = 0; i < SIZES.length; i++) {
        counters.put("smallmid_miss_" + SIZES[i], sum.byClass[i]);
      }
    }
    return counters;
  }
}
