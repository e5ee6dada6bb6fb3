/**
 * What slow paths tell Flight Recorder. Without a recording nothing here is loaded but {@link
 * io.hakmem.event.Events}, and nothing is allocated.
 */
@NullMarked
package io.hakmem.event;

import org.jspecify.annotations.NullMarked;
