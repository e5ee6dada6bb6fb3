package io.hakmem.bench.replay;

import io.hakmem.bench.result.MemorySample;
import java.util.List;

/**
 * The memory that an allocator took for a load of which every block was filled.
 *
 * @param peakCommittedBytes the most that it held from the system, or -1 when it cannot tell
 * @param peakResidentBytes the most that was resident of the mappings that held blocks
 * @param peakUsableBytes the most bytes that blocks in use could hold
 * @param samples what was held over the events
 * @param verifiedBlocks the blocks that still held their pattern when they were freed; 0 when that
 *     was not asked for
 */
public record Footprint(
    long peakCommittedBytes,
    long peakResidentBytes,
    long peakUsableBytes,
    List<MemorySample> samples,
    long verifiedBlocks) {}
