/** The standard pool. */
@NullMarked
package io.hakmem.pool;

import org.jspecify.annotations.NullMarked;
