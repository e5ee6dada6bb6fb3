/** What is measured: HAKMEM, the allocators it is compared with, and no allocator at all. */
@NullMarked
package io.hakmem.bench.peer;

import org.jspecify.annotations.NullMarked;
