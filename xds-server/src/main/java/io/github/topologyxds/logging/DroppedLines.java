package io.github.topologyxds.logging;

import ch.qos.logback.classic.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many lines the log left out, by level, since the process began. Any thread. */
public final class DroppedLines {
  private static final Map<String, LongAdder> BY_LEVEL = new ConcurrentHashMap<>();

  private DroppedLines() {}

  static void count(Level level) {
    BY_LEVEL.computeIfAbsent(level.toString(), l -> new LongAdder()).increment();
  }

  /**
   * Returns the number of lines of a level.
   *
   * @param level as slf4j names it
   */
  public static long of(org.slf4j.event.Level level) {
    LongAdder count = BY_LEVEL.get(level.toString());
    return count == null ? 0 : count.sum();
  }
}
