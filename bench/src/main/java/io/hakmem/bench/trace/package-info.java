/** Traces: what programs did with their blocks, read and written. */
@NullMarked
package io.hakmem.bench.trace;

import org.jspecify.annotations.NullMarked;
