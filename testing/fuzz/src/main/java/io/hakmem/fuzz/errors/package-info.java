/**
 * Random calls that are cut off: by the end of the stack, of the Java heap, a page source, or a
 * box.
 */
@NullMarked
package io.hakmem.fuzz.errors;

import org.jspecify.annotations.NullMarked;
