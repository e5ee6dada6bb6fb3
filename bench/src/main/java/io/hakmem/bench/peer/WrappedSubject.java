package io.hakmem.bench.peer;

import io.hakmem.Composition;
import io.hakmem.Stats;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/** A subject whose calls go through others, made anew for each thread and round. */
public record WrappedSubject(Subject inner, UnaryOperator<Blocks> wrapper) implements Subject {

  @Override
  public Blocks blocks() {
    return wrapper.apply(inner.blocks());
  }

  @Override
  public ThreadFactory threads() {
    return inner.threads();
  }

  @Override
  public long usableSize(long address) {
    return inner.usableSize(address);
  }

  @Override
  public String composition() {
    return inner.composition();
  }

  @Override
  public Optional<Composition> facts() {
    return inner.facts();
  }

  @Override
  public List<Stats.SizeClass> sizeClasses() {
    return inner.sizeClasses();
  }

  @Override
  public long committedBytes() {
    return inner.committedBytes();
  }

  @Override
  public SortedMap<String, Long> counters() {
    return inner.counters();
  }

  @Override
  public List<String> statistics() {
    return inner.statistics();
  }

  @Override
  public void trim() {
    inner.trim();
  }

  @Override
  public void close() {
    inner.close();
  }
}
