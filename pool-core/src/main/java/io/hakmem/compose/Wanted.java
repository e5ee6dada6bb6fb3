package io.hakmem.compose;

import io.hakmem.SettingsException;
import io.hakmem.gate.Profile;
import io.hakmem.settings.CoreGates;
import io.hakmem.settings.SettingsResolver;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.supply.SharedLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program asks of a composition. For one thread. */
public final class Wanted {

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<PoolBoxProvider> boxes = new ArrayList<>();
  private @Nullable Profile profile;
  private @Nullable PageSource source;
  private SharedLimit shared = SharedLimit.none();

  /** Nothing: all is as the environment and the system properties say. */
  public Wanted() {}

  /** A gate by either spelling, and its value. */
  public Wanted set(String gate, String value) {
    values.put(gate, value);
    return this;
  }

  /** Several of them. */
  public Wanted setAll(Map<String, String> gates) {
    values.putAll(gates);
    return this;
  }

  /** A profile that may be selected beside those that are found. */
  public Wanted profile(Profile added) {
    this.profile = added;
    return this;
  }

  /** Used in place of the page source that the gates name; closed with the allocator. */
  public Wanted source(@Nullable PageSource handedIn) {
    this.source = handedIn;
    return this;
  }

  /** A limit beside the allocator's own. */
  public Wanted shared(SharedLimit limit) {
    this.shared = limit;
    return this;
  }

  /** A box that no service file names. */
  public Wanted box(PoolBoxProvider unlisted) {
    boxes.add(unlisted);
    return this;
  }

  /**
   * A time as the text of a gate that counts milliseconds, rounded up.
   *
   * @throws SettingsException if it is negative, or no long holds it
   */
  public static String milliseconds(Duration time) {
    if (time.isNegative()) {
      throw new SettingsException(refused(time, CoreGates.DECAY_MS.accepted()));
    }
    try {
      return Long.toString(time.plusNanos(999_999).toMillis());
    } catch (ArithmeticException tooLong) {
      String accepted = "at most " + Long.MAX_VALUE + " ms";
      throw new SettingsException(refused(time, accepted), tooLong);
    }
  }

  private static String refused(Duration time, String accepted) {
    String origin = ", set by " + SettingsResolver.BUILDER;
    return CoreGates.DECAY_MS + "=" + time + origin + ", must be " + accepted;
  }

  Map<String, String> values() {
    return values;
  }

  List<PoolBoxProvider> boxes() {
    return boxes;
  }

  @Nullable Profile profile() {
    return profile;
  }

  @Nullable PageSource source() {
    return source;
  }

  SharedLimit shared() {
    return shared;
  }
}
