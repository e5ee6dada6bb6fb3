package io.hakmem.bench.soak;

/**
 * What is held after a phase and a trim.
 *
 * @param residentBytes of the process, without the Java heap; 0 where the system does not tell
 */
public record SoakSample(
    int phase,
    String mix,
    double seconds,
    long residentBytes,
    long committedBytes,
    long liveBytes) {}
