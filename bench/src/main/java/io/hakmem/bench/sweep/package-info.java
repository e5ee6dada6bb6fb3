/** The values of gates one after the other, each compared with the first. */
@NullMarked
package io.hakmem.bench.sweep;

import org.jspecify.annotations.NullMarked;
