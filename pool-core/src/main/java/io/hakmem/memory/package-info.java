/**
 * The page sources. {@code NativeCalls} alone uses restricted methods: the warning {@code
 * restricted} of the compiler, an error here, keeps it so.
 */
@NullMarked
package io.hakmem.memory;

import org.jspecify.annotations.NullMarked;
