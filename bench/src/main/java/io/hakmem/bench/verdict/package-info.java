/** What rounds come to: medians, intervals, and the one rule by which verdicts are made. */
@NullMarked
package io.hakmem.bench.verdict;

import org.jspecify.annotations.NullMarked;
