package io.hakmem.bench.turns;

import io.hakmem.bench.workload.Rounds.Turn;
import java.io.IOException;

/** What takes turns with others. Between its turns it does nothing. */
public interface TurnSide extends AutoCloseable {

  /** Makes whole rounds of the load until the time is over, at least one. */
  Turn turn(long turnNs) throws IOException;

  /** What it is, and what it counted so far. */
  SideFacts facts() throws IOException;

  @Override
  void close();
}
