package io.hakmem.smallmid;

import io.hakmem.SettingsException;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.paged.HeapCounts;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.PoolBox;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes the next box's bins of three sizes over, and makes their pages stack unused blocks in
 * batches. What it cannot serve by a batch goes to the next box, which also keeps the pages: so it
 * collects, drains, flushes and adopts without this box.
 */
final class SmallmidBox implements PoolBox {

  private static final long[] SIZES = {256, 512, 1024};

  /** In the order of the sizes. */
  private static final List<Event> MISSES =
      List.of(Event.MISS_256, Event.MISS_512, Event.MISS_1024);

  private final PoolBox next;
  private final int[] nextClasses;
  private final List<Long> batches;
  private final boolean counted;
  private final FallbackCounts handedOn = new FallbackCounts(SIZES, "batches used up");
  private final HeapCounts<Event> counts = new HeapCounts<>(Event.class);

  /** What is counted, in the names of the counters. */
  private enum Event {
    REFILLS,
    BATCHES,
    MISS_256,
    MISS_512,
    MISS_1024
  }

  /**
   * A front; the batches are in blocks, one for each size.
   *
   * @param origin what turned the front on, for the message of a refusal
   */
  SmallmidBox(PoolBox next, List<Long> batches, boolean counted, String origin) {
    this.next = next;
    this.batches = batches;
    this.counted = counted;
    this.nextClasses = nextClasses(next, origin);
  }

  private static int[] nextClasses(PoolBox next, String origin) {
    long[] offered = next.blockSizes();
    int[] classes = new int[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      classes[i] = Arrays.binarySearch(offered, SIZES[i]);
      if (classes[i] < 0) {
        String gate = SmallmidGates.ENABLE.name();
        String needs = ", needs blocks of " + Arrays.toString(SIZES) + " B, ";
        String has = next.name() + " has " + Arrays.toString(offered) + " B: ";
        String remedy = "set HAKMEM_POOL_CLASSES=fine or " + gate + "=0";
        throw new SettingsException(gate + "=1, set by " + origin + needs + has + remedy);
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
    bin.batch(Math.toIntExact(batches.get(sizeClass)));
    return bin;
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    if (bin.hasFreeBlocks() || takeBatch(heap, bin)) {
      return bin.pop();
    }
    int index = Arrays.binarySearch(SIZES, bin.blockBytes());
    handedOn.count(index, 0);
    count(heap, MISSES.get(index));
    return bin.formerHandler(this).allocate(heap, bin);
  }

  private boolean takeBatch(LocalHeap heap, Bin bin) {
    boolean taken = bin.takeBatch();
    if (taken) {
      count(heap, Event.BATCHES);
    }
    return taken;
  }

  private void count(LocalHeap heap, Event event) {
    if (counted) {
      counts.count(heap, event);
    }
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    count(heap, Event.REFILLS);
    bin.formerHandler(this).refill(heap, bin);
  }

  @Override
  public BoxReport report() {
    SortedMap<String, Long> counters = new TreeMap<>();
    if (counted) {
      counts
          .sums()
          .forEach(
              (event, count) ->
                  counters.put("smallmid_" + event.name().toLowerCase(Locale.ROOT), count));
    }
    return BoxReport.NOTHING.withFallbacks(handedOn).withCounters(counters);
  }
}
