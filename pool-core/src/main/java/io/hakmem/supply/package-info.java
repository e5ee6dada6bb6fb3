/**
 * Where runs of pages come from: regions cut into spans, mappings of their own for large blocks,
 * limits, and what is given back to the system.
 */
@NullMarked
package io.hakmem.supply;

import org.jspecify.annotations.NullMarked;
