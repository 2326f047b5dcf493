package io.github.topologyxds.session;

import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.session.status.SyncState;
import io.github.topologyxds.session.status.TypeStatus;
import io.github.topologyxds.subscription.Subscription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has passed between the server and one client of one type: the last response of each outcome.
 * Times are milliseconds since the epoch, 0 for never: five thousand clients have twenty thousand
 * of these.
 *
 * <p>Owner: the stream's thread.
 */
final class TypeHistory {
  private static final int MAX_ERROR = 500;

  private String sent = "";
  private long sentAt;
  private String accepted = "";
  private long acceptedAt;
  private TypeStatus.@Nullable LastNack nack;

  /** Whether the last answer was a nack of which the bad resource is not known. */
  private boolean refusesAll;

  private long dueSince;

  /** Something is due from now on, unless it was already. */
  void due(long now) {
    if (dueSince == 0) {
      dueSince = now;
    }
  }

  /** Nothing is due. */
  void nothingDue() {
    dueSince = 0;
  }

  void sent(String version, long now) {
    sent = version;
    sentAt = now;
    dueSince = 0;
  }

  /** The client has accepted the response that was sent last. */
  void accepted(long now) {
    accepted = sent;
    acceptedAt = now;
    refusesAll = false;
  }

  /**
   * The client has refused the response that was sent last.
   *
   * @param search whether the bad resource is known, or searched for
   */
  void refused(String error, Search search, long now) {
    nack =
        new TypeStatus.LastNack(sent, Instant.ofEpochMilli(now), Finding.quote(error, MAX_ERROR));
    refusesAll = search == Search.NONE;
  }

  /** What becomes of a refused response. */
  enum Search {
    /** The bad resource is found, or will be: it is quarantined then. */
    FOR_ONE,
    /** The client keeps what it has, and nothing is sent until something changes. */
    NONE
  }

  /** Returns how far the type has got. */
  TypeStatus status(Subscription subscription, long now) {
    List<String> quarantined = subscription.held().quarantined();
    return new TypeStatus(
        state(subscription, quarantined, now),
        subscription.size(),
        subscription.isWildcard(),
        response(sent, sentAt),
        response(accepted, acceptedAt),
        nack,
        quarantined);
  }

  private SyncState state(Subscription subscription, List<String> quarantined, long now) {
    if (subscription.isOpen()) {
      return new SyncState.Waiting(Instant.ofEpochMilli(sentAt), SyncState.WaitsFor.ANSWER);
    }
    if (subscription.isDue()) {
      return new SyncState.Waiting(
          Instant.ofEpochMilli(dueSince == 0 ? now : dueSince), SyncState.WaitsFor.SENDING);
    }
    return nack != null && (refusesAll || !quarantined.isEmpty())
        ? new SyncState.Refused(nack.time())
        : new SyncState.Synced();
  }

  private static TypeStatus.@Nullable Response response(String version, long at) {
    return at == 0 ? null : new TypeStatus.Response(version, Instant.ofEpochMilli(at));
  }
}
