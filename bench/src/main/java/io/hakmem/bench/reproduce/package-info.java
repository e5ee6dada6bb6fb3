/** The experiments of the original, as data, and what the measurements say of its conclusions. */
@NullMarked
package io.hakmem.bench.reproduce;

import org.jspecify.annotations.NullMarked;
