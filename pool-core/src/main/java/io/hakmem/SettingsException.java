package io.hakmem;

/**
 * A setting was refused. The message names the setting, the value, what is accepted and the source
 * of the value, such as {@code environment HAKMEM_CHECKS}. Nothing was changed.
 */
public final class SettingsException extends HakmemException {

  private static final long serialVersionUID = 1L;

  /** With the whole text an operator needs. */
  public SettingsException(String message) {
    super(message);
  }

  /** With the whole text an operator needs, and what went wrong underneath. */
  public SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
