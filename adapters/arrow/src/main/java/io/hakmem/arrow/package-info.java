/** An allocation manager of Arrow over a {@link io.hakmem.HakAllocator}. */
@NullMarked
package io.hakmem.arrow;

import org.jspecify.annotations.NullMarked;
