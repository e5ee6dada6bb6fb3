package io.hakmem.spi;

/**
 * Everything a box needs, handed in when it is created, so that no order of initialisation can be
 * wrong.
 *
 * @param directory where pages are registered
 * @param supply where pages come from
 * @param checked whether frees are checked
 * @param binCapacity blocks in a bin
 * @param reserveCapacity blocks a box may keep behind a bin
 */
public record BoxContext(
    PageDirectory directory,
    PageSupply supply,
    boolean checked,
    int binCapacity,
    int reserveCapacity) {}
