/** Replays of traces, and what they take. */
@NullMarked
package io.hakmem.bench.replay;

import org.jspecify.annotations.NullMarked;
