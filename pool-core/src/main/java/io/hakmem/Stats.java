package io.hakmem;

import java.util.SortedMap;

/**
 * What an allocator holds at one moment; approximate while threads run.
 *
 * @param reservedBytes reserved address space
 * @param committedBytes memory taken from the system
 * @param peakCommittedBytes highest {@code committedBytes} so far
 * @param refusedFrees frees that were refused
 * @param remoteFrees frees by a thread that does not own the page
 * @param counters counters of the boxes by name
 */
public record Stats(
    long reservedBytes,
    long committedBytes,
    long peakCommittedBytes,
    long refusedFrees,
    long remoteFrees,
    SortedMap<String, Long> counters) {}
