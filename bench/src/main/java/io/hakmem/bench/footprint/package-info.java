/** What programs cost in memory that do not look like benchmarks: waiting, idle, scattered. */
@NullMarked
package io.hakmem.bench.footprint;

import org.jspecify.annotations.NullMarked;
