/**
 * Makes a composition: finds the boxes, reads the gates, checks both and puts the parts together.
 */
@NullMarked
package io.hakmem.compose;

import org.jspecify.annotations.NullMarked;
