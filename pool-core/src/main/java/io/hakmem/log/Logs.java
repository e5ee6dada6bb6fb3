package io.hakmem.log;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Loggers of SLF4J. Where the deployment has no provider, SLF4J writes so to standard error as soon
 * as anybody asks it for a logger: so it is not asked then, and nothing is logged.
 */
public final class Logs {

  /** SLF4J takes the provider that this property names, in place of a service. */
  private static final String NAMED_PROVIDER = "slf4j.provider";

  private static final boolean HAS_PROVIDER = hasProvider();

  private Logs() {}

  /** The logger of a class; any thread. */
  public static Logger of(Class<?> owner) {
    return HAS_PROVIDER ? LoggerFactory.getLogger(owner) : NOPLogger.NOP_LOGGER;
  }

  private static boolean hasProvider() {
    try {
      return System.getProperty(NAMED_PROVIDER) != null
          || ServiceLoader.load(SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader())
              .iterator()
              .hasNext();
    } catch (ServiceConfigurationError broken) {
      return true; // SLF4J says what is wrong with it.
    }
  }
}
