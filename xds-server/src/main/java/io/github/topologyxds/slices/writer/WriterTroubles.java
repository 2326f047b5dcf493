package io.github.topologyxds.slices.writer;

import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.WatchHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in the way of writing EndpointSlices, one trouble for each cause. It is shown for as
 * long as it stands, and said in the log once a minute. Any thread.
 */
public final class WriterTroubles {
  private static final Logger LOG = LoggerFactory.getLogger(WriterTroubles.class);

  private static final long SAY_EVERY = Duration.ofMinutes(1).toNanos();

  /** Where the trouble is. */
  public enum Cause {
    /** What slices are made from is not known, or not of late. */
    WATCH,
    /** The Lease cannot be read, taken or renewed, or is somebody else's. */
    LEASE,
    /** The API server takes no slice of some Service. */
    WRITE,
    /** A defect of ours. */
    DEFECT
  }

  private final Map<Cause, String> standing = new EnumMap<>(Cause.class);
  private final Map<Cause, Long> saidAt = new EnumMap<>(Cause.class);
  private SourceHealth planning = SourceHealth.NO_WATCHES;

  /** These are the watches that slices are made from. */
  synchronized void follow(SourceHealth watches) {
    planning = watches;
  }

  /** This is the trouble from now on, in one line. */
  synchronized void stands(Cause cause, String trouble) {
    standing.put(cause, trouble);
  }

  synchronized void isOver(Cause cause) {
    standing.remove(cause);
  }

  /** Returns 1 while there is trouble of this cause, else 0. */
  public synchronized int count(Cause cause) {
    return now().containsKey(cause) ? 1 : 0;
  }

  /** Returns one line for each trouble that a watch does not tell of itself. */
  public synchronized List<String> lines() {
    return standing.values().stream().map(WriterTroubles::line).toList();
  }

  private static String line(String trouble) {
    return "EndpointSlices are not written: " + trouble;
  }

  /** Says what stands and was not said within the last minute. */
  synchronized void say(long now) {
    now()
        .forEach((cause, trouble) -> {
          Long said = saidAt.get(cause);
          if (said == null || now - said >= SAY_EVERY) {
            saidAt.put(cause, now);
            LOG.warn("{}", line(trouble));
          }
        });
  }

  private Map<Cause, String> now() {
    Map<Cause, String> all = new EnumMap<>(Cause.class);
    List<String> watches = new ArrayList<>();
    for (WatchHealth watch : planning.watches()) {
      boolean waits = !watch.synced() && !watch.trouble().isEmpty();
      if (waits || watch.stale()) {
        watches.add(
            (watch.synced() ? "no news of " : "waiting for ")
                + watch.kind().label()
                + (watch.trouble().isEmpty() ? "" : " (" + watch.trouble() + ")"));
      }
    }
    if (!watches.isEmpty()) {
      all.put(Cause.WATCH, String.join(", ", watches));
    }
    all.putAll(standing);
    return all;
  }
}
