/** Benchmarks of single operations, for JMH. */
@NullMarked
package io.hakmem.bench.jmh;

import org.jspecify.annotations.NullMarked;
