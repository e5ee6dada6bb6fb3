/** The memory of arenas: pages cut into chunks that no call takes by an address. */
@NullMarked
package io.hakmem.chunk;

import org.jspecify.annotations.NullMarked;
