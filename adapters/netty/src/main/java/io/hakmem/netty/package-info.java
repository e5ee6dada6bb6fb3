/** A {@link io.netty.buffer.ByteBufAllocator} over a {@link io.hakmem.HakAllocator}. */
@NullMarked
package io.hakmem.netty;

import org.jspecify.annotations.NullMarked;
