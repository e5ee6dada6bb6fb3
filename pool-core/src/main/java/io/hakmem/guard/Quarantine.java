package io.hakmem.guard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Freed blocks that are not handed out yet, the oldest first, up to so many bytes. Any thread. */
final class Quarantine {

  private final long mostBytes;
  private final Queue<Freed> waiting = new ArrayDeque<>();
  private final Map<Long, Freed> byAddress = new HashMap<>();
  private long bytes;

  Quarantine(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A freed block: what it was, and where it was freed. */
  record Freed(long address, long blockBytes, Ledger.Entry entry, Site site) {}

  /** Takes a block in, and returns those that leave for it. */
  synchronized List<Freed> add(Freed freed) {
    waiting.add(freed);
    byAddress.put(freed.address(), freed);
    bytes += freed.blockBytes();
    return leave(mostBytes);
  }

  /** Lets all blocks leave. */
  synchronized List<Freed> clear() {
    return leave(0);
  }

  private List<Freed> leave(long left) {
    List<Freed> leaving = new ArrayList<>(1);
    while (bytes > left) {
      Freed oldest = waiting.remove();
      byAddress.remove(oldest.address());
      bytes -= oldest.blockBytes();
      leaving.add(oldest);
    }
    return leaving;
  }

  synchronized @Nullable Freed find(long address) {
    return byAddress.get(address);
  }

  synchronized long bytes() {
    return bytes;
  }
}
