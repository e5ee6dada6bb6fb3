package io.hakmem.fuzz;

import io.hakmem.Compositions;
import io.hakmem.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the whole API with valid arguments and with garbage, round by round, each with another
 * composition, and compares what it gets with a model. One seed decides all of it; what several
 * threads do at the same time is up to the system.
 */
public final class Fuzz {

  private static final long OPERATIONS_OF_A_ROUND = 400_000;

  private final long seed;
  private final int threads;
  private final @Nullable String profile;
  private final Gates gates = new Gates();
  private final SortedSet<String> refusals = new TreeSet<>();
  private long refusedCompositions;
  private long rounds;
  private long operations;
  private long refused;
  private long outOfMemory;

  /**
   * A run.
   *
   * @param threads of a round with several of them; 1 makes each round repeatable
   * @param profile the only one, or null for all of them
   * @throws SettingsException if there is no such profile
   */
  public Fuzz(long seed, int threads, @Nullable String profile) {
    Compositions.gates(Map.of(), profile);
    this.seed = seed;
    this.threads = threads;
    this.profile = profile;
  }

  /**
   * How far a run is, or what came of it.
   *
   * @param refusedFrees calls with an address that is no live block
   * @param outOfMemory calls that a memory limit refused
   * @param refusedCompositions rounds whose gates exclude each other, so that there is no allocator
   * @param refusals what those were refused with
   */
  public record Progress(
      long seed,
      long rounds,
      long operations,
      long refusedFrees,
      long outOfMemory,
      long refusedCompositions,
      List<String> refusals,
      double seconds,
      double operationsPerSecond) {

    /** Copies the list. */
    public Progress {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * Plays until one of the limits is reached.
   *
   * @param mostOperations 1 or more
   * @param mostNs 1 or more
   * @throws FuzzException at the first thing that is wrong, with how to repeat it
   */
  public Progress run(long mostOperations, long mostNs, Consumer<Progress> after)
      throws InterruptedException {
    long begin = System.nanoTime();
    Progress progress = progress(begin);
    while (operations < mostOperations && System.nanoTime() - begin < mostNs) {
      round(rounds, Math.min(OPERATIONS_OF_A_ROUND, mostOperations - operations));
      progress = progress(begin);
      after.accept(progress);
    }
    return progress;
  }

  /** Plays one round again, which a {@link FuzzException} named. */
  public Progress repeat(long round) throws InterruptedException {
    long begin = System.nanoTime();
    round(round, OPERATIONS_OF_A_ROUND);
    return progress(begin);
  }

  private Progress progress(long begin) {
    double seconds = (double) (System.nanoTime() - begin) / TimeUnit.SECONDS.toNanos(1);
    return new Progress(
        seed,
        rounds,
        operations,
        refused,
        outOfMemory,
        refusedCompositions,
        List.copyOf(refusals),
        seconds,
        operations / seconds);
  }

  private void round(long number, long most) throws InterruptedException {
    SplittableRandom random = randomOf(seed, number);
    Round round = new Round(gates.of(number, random, profile), random, threads);
    try {
      round.run(Math.max(most, threads * 100L));
    } catch (SettingsException excluded) {
      refusals.add(String.valueOf(excluded.getMessage()));
      refusedCompositions++;
      operations++; // So that a run ends in which all of them are refused.
    } catch (ExecutionException e) {
      throw failed(number, round, e.getCause());
    } catch (RuntimeException | Error e) {
      throw failed(number, round, e);
    }
    rounds++;
    operations += round.operations();
    refused += round.refused();
    outOfMemory += round.outOfMemory();
  }

  /** All that a round draws comes from it. */
  public static SplittableRandom randomOf(long seed, long round) {
    return new SplittableRandom(seed + round * 0x9E3779B97F4A7C15L);
  }

  private FuzzException failed(long number, Round round, @Nullable Throwable cause) {
    return new FuzzException(
        "seed %d, round %d (%s): %s; repeat it with --seed %d --round %d --threads %d%s"
            .formatted(
                seed,
                number,
                round,
                cause,
                seed,
                number,
                threads,
                profile == null ? "" : " --profile " + profile),
        cause);
  }
}
