/** All peers under one load in one run, and what their measurements come to. */
@NullMarked
package io.hakmem.bench.rivals;

import org.jspecify.annotations.NullMarked;
