package io.hakmem.bench.turns;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a side says of itself when its turns are over.
 *
 * @param composition what ran, in one or more lines
 * @param gates every gate as the side's own build resolves it; none of a peer
 * @param missingGate the first of them that the composition does not show, or null
 * @param counters the allocator's own counters, by name; none of a peer
 */
public record SideFacts(
    String composition,
    SortedMap<String, String> gates,
    @Nullable String missingGate,
    SortedMap<String, Long> counters) {

  /** Of an allocator without gates and counters. */
  static SideFacts of(String composition) {
    return new SideFacts(composition, new TreeMap<>(), null, new TreeMap<>());
  }
}
