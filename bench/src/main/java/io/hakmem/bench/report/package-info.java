/** What is printed, as text and as JSON. */
@NullMarked
package io.hakmem.bench.report;

import org.jspecify.annotations.NullMarked;
