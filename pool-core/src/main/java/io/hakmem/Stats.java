package io.hakmem;

import java.util.SortedMap;

/**
 * What an allocator holds at one moment; approximate while threads run.
 *
 * @param reservedBytes reserved address space
 * @param committedBytes memory taken from the system
 * @param peakCommittedBytes highest {@code committedBytes} so far
 * @param liveBytes memory of blocks that are with callers
 * @param cachedBytes memory of free blocks that heaps keep at hand
 * @param refusedFrees frees that were refused
 * @param remoteFrees frees by a thread that does not own the page
 * @param allocations blocks handed out so far
 * @param frees blocks freed so far
 * @param counters counters of the boxes by name
 */
public record Stats(
    long reservedBytes,
    long committedBytes,
    long peakCommittedBytes,
    long liveBytes,
    long cachedBytes,
    long refusedFrees,
    long remoteFrees,
    long allocations,
    long frees,
    SortedMap<String, Long> counters) {}
