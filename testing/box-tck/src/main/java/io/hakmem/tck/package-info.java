/**
 * What every box and every page directory must do, as tests to extend: {@link
 * io.hakmem.tck.PoolBoxContract} and {@link io.hakmem.tck.PageDirectoryContract}. The rest are the
 * stand-ins that these use, for tests of one box alone.
 */
@NullMarked
package io.hakmem.tck;

import org.jspecify.annotations.NullMarked;
