package io.hakmem.fuzz.errors;

import io.hakmem.Compositions;
import io.hakmem.SettingsException;
import io.hakmem.fuzz.Fuzz;
import io.hakmem.fuzz.FuzzException;
import io.hakmem.fuzz.Gates;
import io.hakmem.fuzz.counted.CountedLoader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are cut off, round by round: by the end of the stack, by the end of the Java heap in a
 * JVM of its own, by errors in place of Java objects, and by a page source or a box that throws.
 */
public final class ErrorFuzz {

  /** What a JVM is started with that plays rounds of the Java heap. */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx12m",
          "-XX:+UseSerialGC",
          "-XX:-UseTLAB", // Then the last bytes of the heap can be used.
          "-XX:TieredStopAtLevel=1",
          "-Dslf4j.internal.verbosity=ERROR",
          "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");

  /** What is scarce in which round: a round of the Java heap takes longest. */
  private static final List<Scarce> TURNS =
      List.of(
          Scarce.STACK,
          Scarce.SOURCE,
          Scarce.HEAP,
          Scarce.OBJECT,
          Scarce.BOX,
          Scarce.STACK,
          Scarce.SOURCE,
          Scarce.OBJECT,
          Scarce.BOX);

  private final long seed;
  private final @Nullable String profile;
  private final @Nullable OwnJvm ownJvm;
  private final List<Scarce> turns;
  private final Gates gates = new Gates();
  private @Nullable LongFunction<long[]> counted;
  private Progress sum;

  /**
   * A run.
   *
   * @param profile the only one, or null for all of them
   * @param scarce what is scarce in all rounds, or null for all kinds in turn
   * @param ownJvm plays the rounds of the Java heap; null where all rounds are played by these
   *     classes: this JVM has {@link #JVM_OPTIONS}, or these are copies that count objects
   * @throws SettingsException if there is no such profile
   */
  public ErrorFuzz(
      long seed, @Nullable String profile, @Nullable Scarce scarce, @Nullable OwnJvm ownJvm) {
    Compositions.gates(Map.of(), profile);
    this.seed = seed;
    this.profile = profile;
    this.turns = scarce == null ? TURNS : List.of(scarce);
    this.ownJvm = ownJvm;
    this.sum = new Progress(seed, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Starts a JVM for a round of the Java heap: a full heap would take the program with it. */
  @FunctionalInterface
  public interface OwnJvm {

    /**
     * Lets a JVM with {@link #JVM_OPTIONS} repeat a round, and waits for its end.
     *
     * @param profile the only one, or null for all of them
     * @throws FuzzException if that JVM found something wrong, or failed
     */
    Progress play(long seed, long round, @Nullable String profile)
        throws IOException, InterruptedException;
  }

  /**
   * How far a run is, or what came of it.
   *
   * @param operations calls, those that were cut off among them
   * @param cutAtStackEnd calls that the end of the stack cut off
   * @param cutAtHeapEnd calls that the end of the Java heap cut off
   * @param cutAtObject calls that an error in place of a Java object cut off
   * @param thrownBySource errors and exceptions that the page source threw
   * @param thrownByBox errors and exceptions that a box threw
   * @param outOfMemory calls that a memory limit or the page source refused
   * @param refusedCompositions rounds whose gates exclude each other, so that there is no allocator
   */
  public record Progress(
      long seed,
      long rounds,
      long operations,
      long cutAtStackEnd,
      long cutAtHeapEnd,
      long cutAtObject,
      long thrownBySource,
      long thrownByBox,
      long outOfMemory,
      long refusedCompositions,
      double seconds) {

    private Progress plus(Progress other, double sinceBegin) {
      return new Progress(
          seed,
          rounds + other.rounds,
          operations + other.operations,
          cutAtStackEnd + other.cutAtStackEnd,
          cutAtHeapEnd + other.cutAtHeapEnd,
          cutAtObject + other.cutAtObject,
          thrownBySource + other.thrownBySource,
          thrownByBox + other.thrownByBox,
          outOfMemory + other.outOfMemory,
          refusedCompositions + other.refusedCompositions,
          sinceBegin);
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
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (sum.operations < mostOperations && System.nanoTime() - begin < mostNs) {
      sum = sum.plus(round(sum.rounds), secondsSince(begin));
      after.accept(sum);
    }
    return sum;
  }

  /** Plays one round again, which a {@link FuzzException} named. */
  public Progress repeat(long number) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Progress made = round(number);
    return sum.plus(made, secondsSince(begin));
  }

  private static double secondsSince(long begin) {
    return (double) (System.nanoTime() - begin) / TimeUnit.SECONDS.toNanos(1);
  }

  private Progress round(long number) throws IOException, InterruptedException {
    Scarce scarce = turns.get((int) (number % turns.size()));
    if (scarce == Scarce.HEAP && ownJvm != null) {
      return ownJvm.play(seed, number, profile);
    }
    if (scarce == Scarce.OBJECT && ownJvm != null) {
      return playCounted(number);
    }
    SplittableRandom random = Fuzz.randomOf(seed, number);
    ErrorRound round = new ErrorRound(scarce, gates.of(number, random, profile), random);
    try {
      round.run();
    } catch (SettingsException excluded) {
      return new Progress(seed, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0);
    } catch (ExecutionException e) {
      throw failed(number, round, e.getCause());
    } catch (RuntimeException | Error e) {
      throw failed(number, round, e);
    }
    return made(scarce, round);
  }

  private Progress playCounted(long number) {
    if (counted == null) {
      counted = CountedRounds.inCopies(seed, profile);
    }
    long[] made;
    try {
      made = counted.apply(number);
    } catch (RuntimeException | Error fault) { // A copy of FuzzException is of another class.
      throw new FuzzException(String.valueOf(fault.getMessage()), fault);
    }
    return new Progress(seed, 1, made[0], 0, 0, made[1], 0, 0, made[2], made[3], 0);
  }

  /** Plays rounds among copies of these classes; what it takes and returns has no copies. */
  public static final class CountedRounds implements LongFunction<long[]> {

    private final ErrorFuzz fuzz;

    /** Called among the copies, with the seed and the only profile or null. */
    public CountedRounds(long seed, @Nullable String profile) {
      this.fuzz = new ErrorFuzz(seed, profile, Scarce.OBJECT, null);
    }

    @SuppressWarnings("unchecked") // It is a copy of this class.
    private static LongFunction<long[]> inCopies(long seed, @Nullable String profile) {
      try {
        Class<?> copy = Class.forName(CountedRounds.class.getName(), true, new CountedLoader());
        if (copy == CountedRounds.class) {
          throw new IllegalStateException("the classes are no copies: nothing would be cut off");
        }
        return (LongFunction<long[]>)
            copy.asSubclass(LongFunction.class)
                .getConstructor(long.class, String.class)
                .newInstance(seed, profile);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException("the classes cannot be copied", impossible);
      }
    }

    /** Plays a round, and returns calls, those cut off, those refused, and those not composed. */
    @Override
    public long[] apply(long number) {
      try {
        Progress made = fuzz.round(number);
        return new long[] {
          made.operations, made.cutAtObject, made.outOfMemory, made.refusedCompositions
        };
      } catch (IOException | InterruptedException broken) {
        throw new IllegalStateException("round %d was broken off".formatted(number), broken);
      }
    }
  }

  private Progress made(Scarce scarce, ErrorRound round) {
    long cut = round.cut();
    return new Progress(
        seed,
        1,
        round.operations(),
        scarce == Scarce.STACK ? cut : 0,
        scarce == Scarce.HEAP ? cut : 0,
        scarce == Scarce.OBJECT ? cut : 0,
        scarce == Scarce.SOURCE ? cut : 0,
        scarce == Scarce.BOX ? cut : 0,
        round.outOfMemory(),
        0,
        0);
  }

  private FuzzException failed(long number, ErrorRound round, @Nullable Throwable cause) {
    StringBuilder all = new StringBuilder();
    for (Throwable one = cause; one != null; one = one.getCause()) {
      all.append(all.isEmpty() ? "" : ", caused by ").append(one);
    }
    return new FuzzException(
        "seed %d, round %d (%s): %s; repeat it with --errors --seed %d --round %d%s"
            .formatted(
                seed,
                number,
                round,
                all,
                seed,
                number,
                (turns.size() > 1 ? "" : " --scarce " + turns.getFirst())
                    + (profile == null ? "" : " --profile " + profile)),
        cause);
  }
}
