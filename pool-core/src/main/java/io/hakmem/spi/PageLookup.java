package io.hakmem.spi;

/** Finds the pages of addresses for one heap; only that heap's thread calls it. */
public interface PageLookup {

  /** The page that holds the address, or {@link Page#NONE}; any long is a valid question. */
  Page find(long address);
}
