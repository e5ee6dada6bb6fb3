package io.hakmem.spi;

import java.util.function.Supplier;

/**
 * Everything a box needs, handed in when it is created, so that no order of initialisation can be
 * wrong.
 *
 * @param next the box to fall back to; the last of a composition refuses with a clear error
 * @param directory where pages are registered
 * @param supply where pages come from
 * @param decay makes what tells a box how much of its unused memory to give back
 * @param settings the value of every gate; to be read while the box is created, never later
 */
public record BoxContext(
    PoolBox next,
    PageDirectory directory,
    PageSupply supply,
    Supplier<Decay> decay,
    Settings settings) {}
