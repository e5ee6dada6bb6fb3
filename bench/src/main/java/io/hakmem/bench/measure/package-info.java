/** What is measured of a subject under a load: speed, the time of each allocation, and memory. */
@NullMarked
package io.hakmem.bench.measure;

import org.jspecify.annotations.NullMarked;
