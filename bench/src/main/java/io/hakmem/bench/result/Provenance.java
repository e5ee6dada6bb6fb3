package io.hakmem.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * Where a result comes from; each result that is written has these fields beside its own.
 *
 * @param kind the name of the command, which says what fields the result has; null in results of
 *     before there were kinds
 * @param command the call, as it was typed
 * @param machine where and when; null where it is not known
 */
public record Provenance(
    @Nullable String kind, @Nullable String command, @Nullable Machine machine) {}
