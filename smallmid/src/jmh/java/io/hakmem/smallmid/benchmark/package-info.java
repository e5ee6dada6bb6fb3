/** Benchmarks of single operations of the box, for JMH. */
@NullMarked
package io.hakmem.smallmid.benchmark;

import org.jspecify.annotations.NullMarked;
