/** Random calls of the whole API against a model. */
@NullMarked
package io.hakmem.fuzz;

import org.jspecify.annotations.NullMarked;
