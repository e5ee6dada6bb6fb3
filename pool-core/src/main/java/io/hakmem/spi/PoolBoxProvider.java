package io.hakmem.spi;

/** Makes one box known to the composer. Found by {@link java.util.ServiceLoader}. */
public interface PoolBoxProvider {

  /** The artifact that holds the box, such as {@code mid-desc}; never empty. */
  String name();
}
