/** Benchmarks of single operations of the box, for JMH. */
@NullMarked
package io.hakmem.pool.v1flat.benchmark;

import org.jspecify.annotations.NullMarked;
