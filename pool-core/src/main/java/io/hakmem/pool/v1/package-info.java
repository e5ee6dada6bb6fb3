/** The standard pool. */
@NullMarked
package io.hakmem.pool.v1;

import org.jspecify.annotations.NullMarked;
