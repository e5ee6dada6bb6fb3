/** Copies of the allocator's classes that throw in place of making a Java object. */
@NullMarked
package io.hakmem.fuzz.counted;

import org.jspecify.annotations.NullMarked;
