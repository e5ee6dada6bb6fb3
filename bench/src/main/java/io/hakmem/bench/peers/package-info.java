/** All peers under one load in one run, and what their measurements come to. */
@NullMarked
package io.hakmem.bench.peers;

import org.jspecify.annotations.NullMarked;
