package io.hakmem.bench;

import io.hakmem.bench.workload.Catalogue;
import java.util.Iterator;

/** The loads, for the help of commands that take one. */
final class WorkloadNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Catalogue.names().keySet().iterator();
  }
}
