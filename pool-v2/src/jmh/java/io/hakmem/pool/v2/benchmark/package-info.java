/** Benchmarks of single operations of the box, for JMH. */
@NullMarked
package io.hakmem.pool.v2.benchmark;

import org.jspecify.annotations.NullMarked;
