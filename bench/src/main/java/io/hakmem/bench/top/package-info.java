/** The allocators of running JVMs, as their beans show them. */
@NullMarked
package io.hakmem.bench.top;

import org.jspecify.annotations.NullMarked;
