/** Benchmarks of single operations of the box, for JMH. */
@NullMarked
package io.hakmem.tinyfront.benchmark;

import org.jspecify.annotations.NullMarked;
