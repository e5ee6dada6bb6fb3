/** Traces: read, replayed, and what they take. */
@NullMarked
package io.hakmem.bench.trace;

import org.jspecify.annotations.NullMarked;
