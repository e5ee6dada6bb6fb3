/** What a box module implements. */
@NullMarked
package io.hakmem.spi;

import org.jspecify.annotations.NullMarked;
