package io.hakmem.heap;

/** What a page is tagged with: takes back blocks of the page that are freed by no hit. */
public interface PageHandler {

  /** The name for messages and figures; not blank, and always the same. */
  String name();

  /**
   * Takes back a live block of a page that the heap owns; only the heap's thread calls it. The
   * handler gives the block back at once by {@link LocalHeap#takeBack}, as it stands here, or keeps
   * it from being handed out by {@link Page#hold} and gives it back later. It waits for no other
   * thread: blocks that others freed come here under a monitor of their page.
   */
  default void free(LocalHeap heap, Page page, long address) {
    heap.takeBack(page, address);
  }

  /**
   * Takes back a live block of a page whose bin is not direct, if that is a matter of a few steps;
   * only the thread of the heap that owns the page calls it. It may not wait, take a lock or throw.
   *
   * @param block its number in the page
   * @return false if nothing changed: then {@link #free} is called
   */
  default boolean freeAtOnce(LocalHeap heap, Page page, int block) {
    return false;
  }

  /**
   * Takes back a block that the caller has claimed by {@link Page#claimRemote} and whose page
   * belongs to another heap, or to none. Any thread calls it. Nobody has to for a page that still
   * waits in an inbox behind the claim, since the drain of the page finds it.
   */
  void freeRemote(Page page, long address);
}
