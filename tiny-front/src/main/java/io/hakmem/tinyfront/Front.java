package io.hakmem.tinyfront;

import io.hakmem.paged.PagedBin;
import java.util.ArrayList;
import java.util.List;

/** The bins of one heap, and what the front was asked for it. Only the heap's thread writes. */
final class Front {

  long allocations;
  long frees;
  long compared;
  long classifiedSlow;

  private final List<PagedBin> ascending = new ArrayList<>();

  /** Adds the bin of the next larger class. */
  void add(PagedBin bin) {
    ascending.add(bin);
  }

  /** The first bin whose blocks are large enough; there must be one. */
  PagedBin find(long blockBytes) {
    compared++;
    int at = 0;
    while (ascending.get(at).blockBytes() < blockBytes) {
      at++;
    }
    return ascending.get(at);
  }

  void addCounts(Front more) {
    allocations += more.allocations;
    frees += more.frees;
    compared += more.compared;
    classifiedSlow += more.classifiedSlow;
  }
}
