package io.hakmem.pool;

import io.hakmem.spi.Bin;
import io.hakmem.spi.PageList;

/**
 * What stands behind one bin: the lo reserve and the pages with free blocks.
 *
 * @param bin the bin
 * @param lo blocks that the bin had no room for
 * @param partial pages with free blocks
 */
record Shelf(Bin bin, Lo lo, PageList partial) {

  Shelf(Bin bin, int reserveCapacity) {
    this(bin, new Lo(reserveCapacity), new PageList());
  }
}
