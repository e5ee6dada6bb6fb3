/** Tables and charts as data, and the page and the lines of a terminal that show them. */
@NullMarked
package io.hakmem.bench.page;

import org.jspecify.annotations.NullMarked;
