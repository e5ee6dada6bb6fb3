/** Benchmarks of single operations: what there are, how JMH runs them, how results are written. */
@NullMarked
package io.hakmem.bench.micro;

import org.jspecify.annotations.NullMarked;
