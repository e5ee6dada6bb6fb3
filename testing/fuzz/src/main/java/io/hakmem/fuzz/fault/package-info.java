/** Parts of an allocator that throw what they are told to: a page source, and a box. */
@NullMarked
package io.hakmem.fuzz.fault;

import org.jspecify.annotations.NullMarked;
