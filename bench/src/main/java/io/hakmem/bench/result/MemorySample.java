package io.hakmem.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * What a program held at a moment.
 *
 * @param event how many events of a trace were made by then; null of what replays none
 * @param seconds since the program began
 * @param residentBytes 0 where the system does not tell
 * @param committedBytes what the allocator held from the system; null where it cannot tell
 * @param liveBytes null where the allocator cannot tell
 */
public record MemorySample(
    @Nullable Long event,
    double seconds,
    long residentBytes,
    @Nullable Long committedBytes,
    @Nullable Long liveBytes) {}
