package io.hakmem.guard;

import io.hakmem.Leak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The blocks that callers hold, by address. Any thread. */
final class Ledger {

  private final LongSupplier clockNs;
  private final Map<Long, Entry> entries = new ConcurrentHashMap<>();

  Ledger(LongSupplier clockNs) {
    this.clockNs = clockNs;
  }

  /** A block: what was asked for, where and when. */
  record Entry(long bytes, Site site, long bornNs) {}

  void add(long address, long bytes) {
    entries.put(address, new Entry(bytes, Site.ofCaller(), clockNs.getAsLong()));
  }

  @Nullable Entry get(long address) {
    return entries.get(address);
  }

  /** Takes a block out; of several threads one gets it. */
  @Nullable Entry remove(long address) {
    return entries.remove(address);
  }

  int size() {
    return entries.size();
  }

  Map<Long, Entry> entries() {
    return Map.copyOf(entries);
  }

  /** What is at least so old, by site, the most bytes first. */
  List<Leak> leaks(Duration age) {
    long now = clockNs.getAsLong();
    Map<String, Leak> bySite = new LinkedHashMap<>();
    for (Entry entry : entries.values()) {
      long ageNs = now - entry.bornNs();
      if (ageNs >= age.toNanos()) {
        Leak one = new Leak(entry.site().toString(), 1, entry.bytes(), Duration.ofNanos(ageNs));
        bySite.merge(one.site(), one, Ledger::sum);
      }
    }
    List<Leak> leaks = new ArrayList<>(bySite.values());
    leaks.sort(Comparator.comparingLong(Leak::bytes).reversed());
    return leaks;
  }

  private static Leak sum(Leak a, Leak b) {
    Duration oldest = a.oldest().compareTo(b.oldest()) > 0 ? a.oldest() : b.oldest();
    return new Leak(a.site(), a.blocks() + b.blocks(), a.bytes() + b.bytes(), oldest);
  }
}
