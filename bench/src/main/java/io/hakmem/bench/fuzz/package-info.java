/** Random calls of the whole API against a model, and long runs that look at memory. */
@NullMarked
package io.hakmem.bench.fuzz;

import org.jspecify.annotations.NullMarked;
