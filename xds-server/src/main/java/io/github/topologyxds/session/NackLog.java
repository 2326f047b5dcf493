package io.github.topologyxds.session;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what clients refuse: of one client and resource type ten lines a minute, and then how many
 * more there were. Its error text makes no difference: that is in the client's hands. Any thread.
 */
final class NackLog {
  static final int LINES_A_MINUTE = 10;

  private static final Logger LOG = LoggerFactory.getLogger(NackLog.class);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_ERROR = 500;

  /** Namespace, Service and port are 143 characters at most; what comes of it stands behind. */
  private static final int MAX_NAME = 250;

  /** Whoever makes up a new id for each stream shares one. */
  private static final int MAX_CLIENTS = 1_000;

  private final Map<Key, Minute> minutes = new HashMap<>();

  /**
   * What one client refuses.
   *
   * @param client its id, ready to be printed
   */
  private record Key(String client, ResourceType type) {}

  private static final class Minute {
    private int lines;
    private int leftOut;
  }

  /**
   * A refusal.
   *
   * @param client the client's id
   * @param what of it was refused, and what comes of that
   * @param error the client's own words
   */
  record Refused(String client, ResourceType type, String what, String error) {}

  /** Writes a line, or counts it; the clock is that of the thread that this is called on. */
  void tell(Refused refused, GroupClock clock) {
    if (admits(new Key(Finding.quote(refused.client()), refused.type()), clock)) {
      LOG.warn(
          "client {} refused {} {}: {}",
          Finding.quote(refused.client()),
          refused.type(),
          Finding.quote(refused.what(), MAX_NAME),
          Finding.quote(refused.error(), MAX_ERROR));
    }
  }

  private synchronized boolean admits(Key key, GroupClock clock) {
    Key kept =
        minutes.containsKey(key) || minutes.size() < MAX_CLIENTS
            ? key
            : new Key("of many others", key.type());
    Minute minute = minutes.get(kept);
    if (minute == null) {
      minute = new Minute();
      minutes.put(kept, minute);
      clock.after(MINUTE, () -> end(kept));
    }
    if (minute.lines == LINES_A_MINUTE) {
      minute.leftOut++;
      return false;
    }
    minute.lines++;
    return true;
  }

  private synchronized void end(Key key) {
    Minute over = minutes.remove(key);
    if (over != null && over.leftOut > 0) {
      LOG.warn(
          "client {} refused {} {} more times within a minute",
          key.client(),
          key.type(),
          over.leftOut);
    }
  }

  /** Returns of how many clients something is kept. */
  synchronized int size() {
    return minutes.size();
  }
}
