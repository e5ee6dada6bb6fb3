/** Memory goes back by itself: a thread for all allocators, and heaps whose threads wait. */
@NullMarked
package io.hakmem.purge;

import org.jspecify.annotations.NullMarked;
