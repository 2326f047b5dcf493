package io.github.topologyxds.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Looks into the reports of one stream: only what the client is subscribed to counts, only at a
 * rate that a client can have, and under names that are ours. Pure but for the memory of the time
 * of the last report.
 *
 * <p>Owner: the stream's thread.
 */
public final class ReportIntake {
  /** A client that was silent for longer had requests under way for some time of it only. */
  private static final Duration MAX_PERIOD = Duration.ofMinutes(5);

  private static final int HIGHEST_PRIORITY = 128;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ServedLabels labels;
  private final ReportBudget budget;
  private long last;

  /**
   * What came of a report.
   *
   * @param loads in the order of the report; a key comes as often as in it
   * @param refused requests that do not count, by the cause; absent: none
   */
  public record Taken(List<CountedLoad> loads, Map<NotCounted, Long> refused) {}

  /**
   * Begins with a stream.
   *
   * @param interval how often the client is to report
   * @param nanos now, of any clock that does not go back
   */
  public ReportIntake(ServedLabels labels, Duration interval, long nanos) {
    this.labels = labels;
    this.budget = new ReportBudget(interval, nanos);
    this.last = nanos;
  }

  /** Takes a report in. */
  public Taken take(List<LocalityLoad> report, ReportingClient client, long nanos) {
    budget.fill(nanos);
    long millis = Math.min(nanos - last, MAX_PERIOD.toNanos()) / NANOS_PER_MILLI;
    last = nanos;
    String fromZone = labels.zone(client.zone());
    List<CountedLoad> loads = new ArrayList<>(report.size());
    Map<NotCounted, Long> refused = new EnumMap<>(NotCounted.class);
    long inProgressLeft = ReportBudget.IN_PROGRESS;
    String looked = "";
    boolean subscribed = false;
    for (LocalityLoad load : report) {
      if (!load.assignment().equals(looked)) {
        looked = load.assignment();
        subscribed = labels.ports().test(looked) && client.subscribes(looked);
      }
      long issued = natural(load.issued());
      if (!subscribed) {
        refuse(refused, NotCounted.NOT_SUBSCRIBED, issued);
        continue;
      }
      long requests = budget.take(issued);
      refuse(refused, NotCounted.RATE, issued - requests);
      long failed = natural(load.errors());
      long errors = Math.min(failed, requests) + budget.take(Math.max(0, failed - requests));
      long inProgress = Math.min(inProgressLeft, natural(load.inProgress()));
      inProgressLeft -= inProgress;
      LoadCounts counts = new LoadCounts(requests, errors, inProgress * millis);
      if (!counts.isNone()) {
        String toZone = labels.zone(load.zone());
        LoadKey key = new LoadKey(looked, fromZone, toZone, priority(load.priority()));
        loads.add(new CountedLoad(key, counts));
      }
    }
    return new Taken(loads, refused);
  }

  /** A count on the wire has no sign; half of what fits into 64 bits is more than enough. */
  private static long natural(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  /** EDS knows 0 to 128. */
  private static int priority(int unsigned) {
    return unsigned < 0 ? HIGHEST_PRIORITY : Math.min(unsigned, HIGHEST_PRIORITY);
  }

  private static void refuse(Map<NotCounted, Long> refused, NotCounted cause, long requests) {
    if (requests > 0) {
      refused.merge(cause, requests, ReportIntake::saturatedSum);
    }
  }

  /** Returns the sum of two counts; of large forged ones, the largest there is. */
  static long saturatedSum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
