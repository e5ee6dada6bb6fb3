/** What benchmarks of single operations have in common. */
@NullMarked
package io.hakmem.bench.jmh.state;

import org.jspecify.annotations.NullMarked;
