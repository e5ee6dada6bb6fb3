/**
 * What boxes with pages of their own have in common: pages by heap, the shared store, adoption.
 *
 * <p>A box extends {@link io.hakmem.paged.PagedBox} and says where it differs.
 */
@NullMarked
package io.hakmem.paged;

import org.jspecify.annotations.NullMarked;
