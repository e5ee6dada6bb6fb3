package io.hakmem.bench.reliability;

import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.util.function.Consumer;
import java.util.function.Function;

/** A page source that calls its program first, and then does what the strict one does. */
final class CallingSource implements PageSource {

  final FaultySource strict = new FaultySource();

  /** Is told of each call by its name. */
  Consumer<String> calls = call -> {};

  /** Changes what is reserved, against the contract. */
  Function<Region, Region> regions = region -> region;

  /** Reserves so many bytes more than it is asked for. */
  long larger;

  @Override
  public String name() {
    return "calling";
  }

  @Override
  public Region reserve(long bytes) {
    calls.accept("reserve");
    return regions.apply(strict.reserve(bytes + larger));
  }

  @Override
  public void commit(long address, long bytes) {
    calls.accept("commit");
    strict.commit(address, bytes);
  }

  @Override
  public void preferHugePages(long address, long bytes) {
    calls.accept("preferHugePages");
    strict.preferHugePages(address, bytes);
  }

  @Override
  public void preferSmallPages(long address, long bytes) {
    calls.accept("preferSmallPages");
  }

  @Override
  public void decommit(long address, long bytes) {
    calls.accept("decommit");
    strict.decommit(address, bytes);
  }

  @Override
  public void release(Region region) {
    calls.accept("release");
    strict.release(region);
  }

  @Override
  public void close() {
    calls.accept("close");
    strict.close();
  }

  @Override
  public long preferredRegionBytes(long configured) {
    return strict.preferredRegionBytes(configured);
  }

  @Override
  public boolean decommitsParts() {
    calls.accept("decommitsParts");
    return true;
  }

  @Override
  public boolean zeroedOnCommit() {
    calls.accept("zeroedOnCommit");
    return true;
  }
}
