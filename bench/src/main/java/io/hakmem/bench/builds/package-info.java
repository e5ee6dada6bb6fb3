/** Other builds of the allocator: where they are, and how one is made from a commit. */
@NullMarked
package io.hakmem.bench.builds;

import org.jspecify.annotations.NullMarked;
