/**
 * A pool that keeps no empty page: it cuts pages from extents, gives each extent back when all of
 * its pages are retired, and can find the page of a block by a header in front of it.
 *
 * <p>Invariants: page refills - page retires = pages in use; an extent that is published has a page
 * in use; the reasons of the fallbacks add up to them.
 */
@NullMarked
package io.hakmem.pool.v2;

import org.jspecify.annotations.NullMarked;
