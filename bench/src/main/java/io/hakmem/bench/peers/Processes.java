package io.hakmem.bench.peers;

import io.hakmem.bench.driver.Driver;
import io.hakmem.bench.driver.NativeLoad;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the processes of one load. */
public final class Processes implements AutoCloseable {

  private final String name;
  private final NativeLoad load;
  private final Tally expected;
  private final Plan plan;
  private final @Nullable Driver driver;
  private final String noDriver;

  /**
   * Compiles the native driver; where that fails, each native row says why.
   *
   * @param name the load's name in the catalogue
   * @param environment where the compiler is looked for
   */
  public Processes(
      String name, Workload load, Tally expected, Plan plan, Map<String, String> environment)
      throws IOException, InterruptedException {
    this.name = name;
    this.load = NativeLoad.of(load);
    this.expected = expected;
    this.plan = plan;
    Driver compiled = null;
    String failure = "";
    try {
      compiled = Driver.compiled(environment);
    } catch (CommandFailure e) {
      failure = String.valueOf(e.getMessage());
    }
    driver = compiled;
    noDriver = failure;
  }

  /**
   * Measures a row in a process of its own.
   *
   * @throws CommandFailure if it cannot run; the message says why, and how it can be had
   */
  public Report measure(Peer peer, Measure measure) throws IOException, InterruptedException {
    return peer.place() == Peer.Place.JVM ? fork(peer, measure) : drive(peer, measure);
  }

  private Report fork(Peer peer, Measure measure) throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of("measure", "--json"));
    call.addAll(List.of("--workload", name));
    call.addAll(List.of("--threads", Integer.toString(load.load().threads())));
    call.addAll(List.of("--subject", peer.subject(), "--measure", measure.toString()));
    call.addAll(plan.options());
    call.addAll(peer.options());
    List<String> jvm = new ArrayList<>(peer.jvmOptions());
    jvm.addAll(measure.jvmOptions());
    try {
      return new Fork(call, Map.of(), jvm).on(peer.build().path()).run();
    } catch (CommandFailure e) {
      String build = peer.build().name();
      throw build.isEmpty() ? e : new CommandFailure(build + ": " + e.getMessage(), e);
    }
  }

  private Report drive(Peer peer, Measure measure) throws IOException, InterruptedException {
    if (!load.load().hasNativeKernel()) {
      throw new CommandFailure("the load " + name + " has no loop in C");
    }
    if (driver == null) {
      throw new CommandFailure(noDriver);
    }
    try {
      return driver.run(load, peer.subject(), peer.library(), measure, plan, expected);
    } catch (CommandFailure e) {
      throw new CommandFailure(e.getMessage() + "; " + peer.remedy());
    }
  }

  @Override
  public void close() throws IOException {
    load.close();
  }
}
