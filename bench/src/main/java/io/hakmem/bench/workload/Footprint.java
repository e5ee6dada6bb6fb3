package io.hakmem.bench.workload;

/**
 * The memory that an allocator took for a load of which every block was filled.
 *
 * @param peakCommittedBytes the most that it held from the system, or -1 when it cannot tell
 * @param peakRssBytes how far the resident memory of the process rose above its start
 * @param peakUsableBytes the most bytes that blocks in use could hold
 * @param verifiedBlocks the blocks that still held their pattern when they were freed; 0 when that
 *     was not asked for
 */
public record Footprint(
    long peakCommittedBytes, long peakRssBytes, long peakUsableBytes, long verifiedBlocks) {}
