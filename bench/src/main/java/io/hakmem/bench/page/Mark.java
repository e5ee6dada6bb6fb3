package io.hakmem.bench.page;

/**
 * A line across a chart, such as a floor or a bound.
 *
 * @param value in the unit of the chart; finite
 */
public record Mark(String name, double value) {}
