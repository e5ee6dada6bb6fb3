package io.hakmem;

import java.time.Duration;

/**
 * Blocks that one place in a program allocated and nobody freed yet.
 *
 * @param site the calls that led to the allocation, the innermost first
 * @param blocks how many blocks
 * @param bytes what was asked for, of all of them
 * @param oldest the age of the oldest one
 */
public record Leak(String site, long blocks, long bytes, Duration oldest) {}
