package io.hakmem.bench.turns;

import io.hakmem.bench.driver.Driver;
import io.hakmem.bench.driver.DriverTurns;
import io.hakmem.bench.driver.NativeLoad;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.peers.Peer;
import io.hakmem.bench.workload.Rounds.Turn;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;

/** A native allocator in a process of its own, which waits at a pipe for its turns. */
record NativeSide(String name, DriverTurns driver) implements TurnSide {

  /**
   * Starts the process.
   *
   * @throws CommandFailure if it cannot run here; the message says how it can be had
   */
  static NativeSide open(Peer peer, Workload load, Tally expected)
      throws IOException, InterruptedException {
    if (!load.hasNativeKernel()) {
      throw new CommandFailure("the load " + load.name() + " has no loop in C");
    }
    Driver compiled = Driver.compiled(System.getenv());
    try (NativeLoad events = NativeLoad.of(load)) {
      DriverTurns driver = compiled.turns(events, peer.subject(), peer.library());
      if (driver.calls().equals(expected)) {
        return new NativeSide(peer.subject(), driver);
      }
      driver.close();
      throw new CommandFailure("a round in C made " + driver.calls() + ", on the JVM " + expected);
    } catch (CommandFailure e) {
      throw new CommandFailure(e.getMessage() + "; " + peer.remedy(), e);
    }
  }

  @Override
  public Turn turn(long turnNs) throws IOException {
    return driver.turn(turnNs);
  }

  @Override
  public SideFacts facts() {
    return SideFacts.of((name + " " + driver.version()).strip() + ", native");
  }

  @Override
  public void close() {
    driver.close();
  }
}
