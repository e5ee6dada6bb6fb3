/** Benchmarks of single operations of Arrow's buffers, for JMH. */
@NullMarked
package io.hakmem.arrow.benchmark;

import org.jspecify.annotations.NullMarked;
