/** The allocators that are measured, each called as its users call it. */
@NullMarked
package io.hakmem.bench.subject;

import org.jspecify.annotations.NullMarked;
