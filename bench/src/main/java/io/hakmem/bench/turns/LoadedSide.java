package io.hakmem.bench.turns;

import io.hakmem.SettingsException;
import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.workload.Rounds.Turn;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** A side in this JVM, with classes of its own. */
record LoadedSide(LongFunction<long[]> turns, Supplier<String> counted, AutoCloseable end)
    implements TurnSide {

  /** HAKMEM, of some build. */
  static LoadedSide hakmem(
      Side side, AllocatorBuild build, String text, String workload, int threads) {
    return open(side.name(), build, SubjectKind.HAKMEM, text, workload, threads);
  }

  /** Another allocator that is called from Java. */
  static LoadedSide peer(SubjectKind kind, String workload, int threads) {
    return open(kind.name(), AllocatorBuild.RUNNING, kind, kind.toString(), workload, threads);
  }

  @SuppressWarnings("unchecked") // The loop is the class below by name, in another loader.
  private static LoadedSide open(
      String side,
      AllocatorBuild build,
      SubjectKind kind,
      String text,
      String workload,
      int threads) {
    try {
      Object loop =
          SideClasses.entry(build)
              .getConstructor(String.class, String.class, String.class, String.class, int.class)
              .newInstance(side, kind.name(), text, workload, threads);
      return new LoadedSide(
          (LongFunction<long[]>) loop, (Supplier<String>) loop, (AutoCloseable) loop);
    } catch (InvocationTargetException e) {
      throw failed(side, build, e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw failed(side, build, e);
    }
  }

  /** An exception of another loader has a type of its own, so that its name tells what it is. */
  private static RuntimeException failed(String side, AllocatorBuild build, Throwable cause) {
    if (cause.getClass().getName().equals(SettingsException.class.getName())) {
      return new SettingsException(String.valueOf(cause.getMessage()), cause);
    }
    if (cause instanceof LinkageError && build.folder() != null) {
      return new CommandFailure(
          side + ": the loads of this build do not run on the " + build.name() + ": " + cause,
          cause);
    }
    return new CommandFailure(side + ": " + cause, cause);
  }

  @Override
  public Turn turn(long turnNs) {
    long[] turn = turns.apply(turnNs);
    return new Turn(turn[0], turn[1]);
  }

  @Override
  public SideFacts facts() throws IOException {
    return Json.read(counted.get(), SideFacts.class);
  }

  @Override
  public void close() {
    try {
      end.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
