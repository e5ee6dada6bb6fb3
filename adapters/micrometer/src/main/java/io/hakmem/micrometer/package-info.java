/** A binder of Micrometer for the figures of a {@link io.hakmem.NativeAllocator}. */
@NullMarked
package io.hakmem.micrometer;

import org.jspecify.annotations.NullMarked;
