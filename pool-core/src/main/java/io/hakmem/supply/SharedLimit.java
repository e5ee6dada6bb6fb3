package io.hakmem.supply;

import io.hakmem.HakmemException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.event.Events;
import io.hakmem.event.LimitHit;
import io.hakmem.guard.Site;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts what several supplies hold together, and lets none of them pass the limit. Any thread may
 * call any method.
 *
 * <p>Invariant: {@code used} = the sum of {@code held} of all accounts, at most {@code limitBytes}.
 * Bytes are taken before the system is asked for them, and given back after it has them again, so
 * that what is committed never exceeds what is counted.
 */
public final class SharedLimit {

  private final String name;
  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final Set<Account> accounts = ConcurrentHashMap.newKeySet();

  /** A limit of 1 byte or more; the name is for messages. */
  public SharedLimit(String name, long limitBytes) {
    this.name = name;
    this.limitBytes = limitBytes;
  }

  /** What an allocator without a budget has: nobody shares it, and no memory exceeds it. */
  public static SharedLimit none() {
    return new SharedLimit("", Long.MAX_VALUE);
  }

  public boolean isNone() {
    return limitBytes == Long.MAX_VALUE;
  }

  /** For messages. */
  public String name() {
    return name;
  }

  /** Most bytes that all together may hold. */
  public long limitBytes() {
    return limitBytes;
  }

  /** Bytes that all together hold. */
  public long usedBytes() {
    return used.get();
  }

  /** Most bytes that they held together so far. */
  public long peakBytes() {
    return peak.get();
  }

  /** How many allocators hold memory, or did and are not closed. */
  public int members() {
    return accounts.size();
  }

  /**
   * An account that counts once it holds something.
   *
   * @param ownLimitBytes most bytes that it may hold itself; 0 means no limit
   * @param trim gives unused memory back; called by threads of the other members, with no lock
   */
  public Account account(long ownLimitBytes, LongSupplier trim) {
    return new Account(ownLimitBytes, trim);
  }

  private boolean take(long bytes) {
    long now = used.get();
    while (bytes <= limitBytes - now) {
      if (used.compareAndSet(now, now + bytes)) {
        raisePeak(now + bytes);
        return true;
      }
      now = used.get();
    }
    return false;
  }

  private void raisePeak(long bytes) {
    long known = peak.get();
    while (bytes > known && !peak.compareAndSet(known, bytes)) {
      known = peak.get();
    }
  }

  /** One supply's part. Its monitor guards an account, whose figures others only read. */
  public final class Account {

    private final long ownLimitBytes;
    private final LongSupplier trim;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong limitHits = new AtomicLong();

    private Account(long ownLimitBytes, LongSupplier trim) {
      this.ownLimitBytes = ownLimitBytes > 0 ? ownLimitBytes : Long.MAX_VALUE;
      this.trim = trim;
    }

    long held() {
      return held.get();
    }

    /** The lower one of both limits; 0 if there is none. */
    public long limitBytes() {
      long least = Math.min(ownLimitBytes, limitBytes);
      return least == Long.MAX_VALUE ? 0 : least;
    }

    /** What counts against that limit. */
    long usedBytes() {
      return ownLimitBytes <= limitBytes ? held() : used.get();
    }

    /** Counts the bytes, if both limits allow it. */
    boolean take(long bytes) {
      if (bytes > ownLimitBytes - held()) {
        return false;
      }
      accounts.add(this); // First, since it makes an object.
      if (SharedLimit.this.take(bytes)) {
        held.addAndGet(bytes);
        return true;
      }
      if (held() == 0) {
        accounts.remove(this);
      }
      return false;
    }

    void give(long bytes) {
      held.addAndGet(-bytes);
      used.addAndGet(-bytes);
    }

    /** All is given back, and nobody asks it to trim any more. */
    void close() {
      give(held());
      accounts.remove(this);
    }

    /** Lets the other members give unused memory back; the caller holds no lock of a supply. */
    long trimOthers() {
      long bytes = 0;
      for (Account other : accounts) {
        bytes += other == this ? 0 : other.trimmed();
      }
      return bytes;
    }

    /** A member whose box fails keeps what it has, and is no failure of who needs memory. */
    private long trimmed() {
      long before = held();
      try {
        return trim.getAsLong();
      } catch (HakmemException kept) {
        return Math.max(0, before - held());
      }
    }

    public long limitHits() {
      return limitHits.get();
    }

    /** Counts that a limit refused, and says so. */
    OutOfNativeMemoryException hit(long bytes) {
      limitHits.incrementAndGet();
      LimitHit event = Events.limitHit();
      if (event != null) {
        event.write(bytes, usedBytes(), limitBytes(), Site.ofCaller().toString());
      }
      return refusal(bytes);
    }

    /** Says which of the limits was in the way, and who holds what. */
    OutOfNativeMemoryException refusal(long bytes) {
      if (bytes > ownLimitBytes - held()) {
        return new OutOfNativeMemoryException(
            bytes, "used " + held() + ", limit " + ownLimitBytes + " (HAKMEM_MEMORY_LIMIT)");
      }
      return new OutOfNativeMemoryException(
          bytes,
          "used "
              + usedBytes()
              + " by "
              + members()
              + " allocators, "
              + held()
              + " of it by this one, limit "
              + limitBytes
              + " (budget "
              + name
              + ")");
    }
  }
}
