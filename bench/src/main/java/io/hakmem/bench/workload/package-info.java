/** The loops that are measured, and how a measurement is taken. */
@NullMarked
package io.hakmem.bench.workload;

import org.jspecify.annotations.NullMarked;
