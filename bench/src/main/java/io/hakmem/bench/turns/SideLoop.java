package io.hakmem.bench.turns;

import io.hakmem.SettingsException;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.load.Catalogue;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.workload.Rounds;
import io.hakmem.bench.workload.Rounds.Turn;
import io.hakmem.bench.workload.Workload;
import java.util.concurrent.ExecutionException;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The allocator of one side and its load. This class is defined once for each side, so that the
 * others call it through types of the JDK. Of the allocator it may use only what older builds have
 * too.
 */
public final class SideLoop implements LongFunction<long[]>, Supplier<String>, AutoCloseable {

  /** The loop without an allocator has one block. */
  private static final int LEAST_BYTES = 4096;

  private final Configuration configuration;
  private final Subject subject;
  private final Rounds rounds;

  /**
   * Composes the allocator.
   *
   * @param side the name of a {@link Side}, which a refusal names
   * @param kind the name of a {@link SubjectKind}
   * @param text a configuration, as {@link Configuration#parse} reads it
   * @param workload a load of the {@link Catalogue}
   * @throws io.hakmem.SettingsException if the configuration is refused
   */
  public SideLoop(String side, String kind, String text, String workload, int threads) {
    SubjectKind subjectKind = SubjectKind.valueOf(kind);
    configuration =
        subjectKind.isHakmem() ? alone(Side.valueOf(side), text) : Configuration.ofPeer(text);
    Workload load = Catalogue.of(workload, threads);
    int maxBytes = Math.max(LEAST_BYTES, load.maxBytes());
    subject = subjectKind.open(configuration.profile(), configuration.gates(), maxBytes);
    rounds = new Rounds(load, subject, load.census().calls());
  }

  private static Configuration alone(Side side, String text) {
    Configuration configuration = Configuration.parse(side, text);
    if (configuration.beside() != null) {
      throw new SettingsException(
          side
              + ": beside:"
              + configuration.beside()
              + " has no place here; the sides live together");
    }
    return configuration;
  }

  /** Makes a turn of about so many ns; returns its rounds, and the sum of their ns. */
  @Override
  public long[] apply(long turnNs) {
    try {
      Turn turn = rounds.turn(turnNs);
      return new long[] {turn.rounds(), turn.ns()};
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread of the load failed: " + e.getCause(), e);
    }
  }

  /** The {@link SideFacts}, as JSON. */
  @Override
  public String get() {
    SideFacts facts =
        new SideFacts(
            subject.composition(), configuration.values(), missingGate(), subject.counters());
    return Json.text(facts);
  }

  /** A build that has no composition as data says of its gates nothing that could be compared. */
  private @Nullable String missingGate() {
    try {
      return subject.facts().flatMap(configuration::missingIn).orElse(null);
    } catch (NoSuchMethodError older) {
      return null;
    }
  }

  @Override
  public void close() {
    rounds.close();
    subject.close();
  }
}
