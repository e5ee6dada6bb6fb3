/** Writes a module with a new box, outside of this project. */
@NullMarked
package io.hakmem.bench.newbox;

import org.jspecify.annotations.NullMarked;
