/** Long runs that look at memory. */
@NullMarked
package io.hakmem.bench.soak;

import org.jspecify.annotations.NullMarked;
