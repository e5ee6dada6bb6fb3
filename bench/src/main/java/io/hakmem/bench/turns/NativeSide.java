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
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A native allocator in a process of its own, which waits at a pipe for its turns. */
final class NativeSide implements TurnSide {

  private final String name;
  private final DriverTurns driver;

  private NativeSide(String name, DriverTurns driver) {
    this.name = name;
    this.driver = driver;
  }

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
    Path unpacked = peer.packed() == null ? null : peer.packed().unpack();
    try (NativeLoad events = NativeLoad.of(load)) {
      return open(peer, compiled, events, library(peer, unpacked), expected);
    } catch (CommandFailure e) {
      throw new CommandFailure(e.getMessage() + "; " + peer.remedy(), e);
    } finally {
      // The driver has read both files when it answers for the first time.
      if (unpacked != null) {
        Files.delete(unpacked);
      }
    }
  }

  private static @Nullable String library(Peer peer, @Nullable Path unpacked) {
    return unpacked == null ? peer.system() : unpacked.toString();
  }

  private static NativeSide open(
      Peer peer, Driver compiled, NativeLoad load, @Nullable String library, Tally expected)
      throws IOException {
    DriverTurns driver = compiled.turns(load, peer.subject(), library);
    if (!driver.calls().equals(expected)) {
      driver.close();
      throw new CommandFailure("a round in C made " + driver.calls() + ", on the JVM " + expected);
    }
    return new NativeSide(peer.subject(), driver);
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
