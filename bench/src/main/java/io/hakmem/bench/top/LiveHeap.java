package io.hakmem.bench.top;

import io.hakmem.HakAllocatorMXBean.LiveSite;
import java.util.List;

/**
 * Who holds the blocks of an allocator.
 *
 * @param allocator its name
 * @param isTracked whether it knows any, all blocks or samples
 * @param sites the most bytes first
 */
public record LiveHeap(String allocator, boolean isTracked, List<LiveSite> sites) {

  /** Copies the list. */
  public LiveHeap {
    sites = List.copyOf(sites);
  }

  /** Bytes of all places. */
  public long bytes() {
    return sites.stream().mapToLong(LiveSite::bytes).sum();
  }
}
