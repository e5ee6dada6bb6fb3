package io.hakmem.guard;

import org.jspecify.annotations.Nullable;

/**
 * A block of which more is known than its page says. It is made before the block is, and has a
 * place for every link that it will need: so nothing that happens to the block later needs a new
 * object.
 *
 * <pre>
 *   LIVE    with a caller; in the ledger
 *   FREED   in the ledger, and in the quarantine or on its way out of it
 * </pre>
 */
public final class KnownBlock {

  /** What was asked for. */
  final long bytes;

  /** Where it was allocated. */
  final Site site;

  /** When it was allocated. */
  final long bornNs;

  /** Set when the ledger gets the block. */
  long address;

  /** Where it was freed; guarded by the ledger's shard. Null while it is live. */
  @Nullable Site freedSite;

  /** Whether it was freed; guarded by the ledger's shard. */
  boolean freed;

  /** The next block of a chain; guarded by the ledger's shard. */
  @Nullable KnownBlock chained;

  /** The next block that leaves; guarded by the quarantine. */
  @Nullable KnownBlock younger;

  /** What the quarantine counts it as; written before it enters. */
  long blockBytes;

  /** Whether it is full of poison; written before it enters the quarantine. */
  boolean poisoned;

  KnownBlock(long bytes, Site site, long bornNs) {
    this.bytes = bytes;
    this.site = site;
    this.bornNs = bornNs;
    this.blockBytes = bytes;
  }

  /** Where the block begins. */
  public long address() {
    return address;
  }
}
