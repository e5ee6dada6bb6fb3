/** Benchmarks of single operations of pool v1, for JMH. */
@NullMarked
package io.hakmem.jmh.benchmark;

import org.jspecify.annotations.NullMarked;
