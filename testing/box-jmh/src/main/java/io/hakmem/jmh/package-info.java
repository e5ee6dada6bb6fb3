/**
 * What benchmarks of single operations have in common: states that prove that the path was taken,
 * and the annotations that {@code hakmem jmh} lists a benchmark by.
 */
@NullMarked
package io.hakmem.jmh;

import org.jspecify.annotations.NullMarked;
