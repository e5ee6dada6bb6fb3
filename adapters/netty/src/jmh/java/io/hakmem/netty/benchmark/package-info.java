/** Benchmarks of single operations of Netty's buffers, for JMH. */
@NullMarked
package io.hakmem.netty.benchmark;

import org.jspecify.annotations.NullMarked;
