/** The allocator as management tools see it. */
@NullMarked
package io.hakmem.jmx;

import org.jspecify.annotations.NullMarked;
