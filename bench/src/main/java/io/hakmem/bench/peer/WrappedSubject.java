package io.hakmem.bench.peer;

import io.hakmem.HakAllocator;
import java.util.Optional;
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
  public Optional<HakAllocator> allocator() {
    return inner.allocator();
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
