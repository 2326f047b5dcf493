package io.github.topologyxds.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The levels of the loggers, which may be changed while the program runs. Any thread. */
public final class LogLevels {
  private static final List<String> LEVELS =
      List.of("off", "error", "warn", "info", "debug", "trace");

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogLevels.class);

  private LogLevels() {}

  /**
   * A logger.
   *
   * @param name {@code ROOT} for the one that all inherit from
   * @param level its own; null: it inherits one
   * @param effective the one in force
   */
  public record Entry(String name, @Nullable String level, String effective) {}

  /** Returns the words for a level. */
  public static List<String> levels() {
    return LEVELS;
  }

  /** Returns all loggers that something has asked for yet, sorted by name. */
  public static List<Entry> all() {
    return context()
        .map(context -> context.getLoggerList().stream().map(LogLevels::entry).toList())
        .orElse(List.of());
  }

  /**
   * Sets the level of a logger, and of those below it that have none of their own.
   *
   * @param level one of {@link #levels}; null: it inherits one again (ROOT: info)
   * @return the logger as it is now; empty: there is none of that name, and none is made, or each
   *     misspelling would stay until the end
   */
  public static Optional<Entry> set(String name, @Nullable String level) {
    Logger logger = context().map(context -> context.exists(name)).orElse(null);
    if (logger == null) {
      return Optional.empty();
    }
    boolean root = name.equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
    logger.setLevel(level == null && !root ? null : Level.toLevel(level, Level.INFO));
    Entry now = entry(logger);
    LOG.warn("the log level of {} is {} now", now.name(), now.effective());
    return Optional.of(now);
  }

  private static Entry entry(Logger logger) {
    Level own = logger.getLevel();
    return new Entry(
        logger.getName(), own == null ? null : word(own), word(logger.getEffectiveLevel()));
  }

  private static String word(Level level) {
    return level.toString().toLowerCase(Locale.ROOT);
  }

  /** Empty where somebody has put another log behind SLF4J. */
  private static Optional<LoggerContext> context() {
    return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        ? Optional.of(context)
        : Optional.empty();
  }
}
