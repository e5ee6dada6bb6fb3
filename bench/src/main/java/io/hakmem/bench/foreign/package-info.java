/** Traces in the formats of others. */
@NullMarked
package io.hakmem.bench.foreign;

import org.jspecify.annotations.NullMarked;
