package io.hakmem.bench.top;

import io.hakmem.Stats;
import java.time.Instant;
import java.util.SortedMap;

/**
 * The allocators of a JVM at one moment.
 *
 * @param jvm its process id, or host and port
 * @param takenNs when it was taken, to tell the time between two samples
 * @param byName figures by the allocator's name
 */
public record Sample(String jvm, Instant time, long takenNs, SortedMap<String, Stats> byName) {}
