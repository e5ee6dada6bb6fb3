package io.hakmem.fuzz;

import io.hakmem.BoxFailedException;
import io.hakmem.Compositions;
import io.hakmem.Compositions.GateInfo;
import io.hakmem.HakAllocator;
import io.hakmem.SettingsException;
import io.hakmem.gate.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random compositions of the installed boxes: a profile or none, and gates. What is tried is what
 * the gates say; a text, such as a name or a file, says nothing.
 */
public final class Gates {

  private static final int GATE_ONE_IN = 4;

  private final List<GateInfo> gates;
  private final List<String> profiles;
  private final List<Turn> turns;

  /** Those of the boxes that are installed now. */
  public Gates() {
    this.gates =
        Compositions.gates(Map.of(), null).stream()
            .filter(gate -> gate.values().size() > 1)
            .toList();
    this.profiles = Compositions.profiles().stream().map(Profile::name).toList();
    this.turns = turns(gates);
  }

  /** A value that some round has, whatever is drawn for the others. */
  private record Turn(String gate, String value) {}

  /** Each value that is not the default. */
  private static List<Turn> turns(List<GateInfo> gates) {
    List<Turn> turns = new ArrayList<>();
    for (GateInfo gate : gates) {
      gate.values().stream()
          .filter(value -> !value.equals(gate.defaultText()))
          .forEach(value -> turns.add(new Turn(gate.name(), value)));
    }
    return turns;
  }

  /**
   * What a round composes.
   *
   * @param profile null for none
   * @param values of the gates that are set beside it
   */
  public record Choice(@Nullable String profile, Map<String, String> values) {

    /**
     * The allocator.
     *
     * @throws SettingsException if the values exclude each other
     */
    public HakAllocator compose() {
      return compose(builder());
    }

    /**
     * The allocator of a builder, by which it may have what no gate says.
     *
     * @throws SettingsException if the values exclude each other
     */
    public static HakAllocator compose(HakAllocator.Builder builder) {
      try {
        return builder.build();
      } catch (BoxFailedException servesNothing) { // Values took all classes from a box.
        throw new SettingsException(String.valueOf(servesNothing.getMessage()), servesNothing);
      }
    }

    /** The allocator before it is built, for what no gate says. */
    public HakAllocator.Builder builder() {
      HakAllocator.Builder builder = HakAllocator.builder();
      if (profile != null) {
        builder.profile(profile);
      }
      values.forEach(builder::set);
      return builder;
    }
  }

  /** After so many rounds every value that is not a default had its turn. */
  int rounds() {
    return turns.size();
  }

  /**
   * Those of a round: a profile, one value whose turn it is, and in about half of the rounds more.
   *
   * @param profile in place of a random one, or null
   */
  public Choice of(long round, SplittableRandom random, @Nullable String profile) {
    Map<String, String> values = new LinkedHashMap<>();
    String drawn = randomProfile(random);
    if (random.nextBoolean()) {
      gates.forEach(gate -> draw(gate, values, random));
    }
    Turn turn = turns.get((int) (round % turns.size()));
    values.put(turn.gate, turn.value);
    return new Choice(profile == null ? drawn : profile, values);
  }

  private @Nullable String randomProfile(SplittableRandom random) {
    int at = random.nextInt(profiles.size() + 1);
    return at == profiles.size() ? null : profiles.get(at);
  }

  private static void draw(GateInfo gate, Map<String, String> values, SplittableRandom random) {
    boolean chosen = random.nextInt(GATE_ONE_IN) == 0;
    String value = gate.values().get(random.nextInt(gate.values().size()));
    if (chosen) {
      values.put(gate.name(), value);
    }
  }
}
