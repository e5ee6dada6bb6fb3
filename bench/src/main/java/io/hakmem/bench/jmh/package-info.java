/** Microbenchmarks under JMH. */
@NullMarked
package io.hakmem.bench.jmh;

import org.jspecify.annotations.NullMarked;
