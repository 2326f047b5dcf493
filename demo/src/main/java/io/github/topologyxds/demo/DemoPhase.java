package io.github.topologyxds.demo;

import java.io.IOException;
import java.util.Optional;

/** The demo's three states of the world, and what has to come of each. */
enum DemoPhase {
  ALL_WELL("all well", ""),
  DRAINED("zone-a drained", "zone-a"),
  RETURNED("zone-a is back", "");

  private static final double LOCAL_SHARE = 0.99;

  private final String title;
  private final String drained;

  DemoPhase(String title, String drained) {
    this.title = title;
    this.drained = drained;
  }

  String title() {
    return title;
  }

  /** The zone without a ready endpoint, "" for none. */
  String drained() {
    return drained;
  }

  void bringAbout(DemoWorld world) throws IOException {
    if (drained.isEmpty()) {
      world.restore();
    } else {
      world.drain(drained);
    }
  }

  /** What is wrong with the requests of a client in each zone, if anything is. */
  Optional<String> complaint(ZoneTable table, DemoRequests requests) {
    return lost(table, requests)
        .or(() ->
            table.zones().stream()
                .flatMap(zone -> complaint(table, zone, zone).stream())
                .findFirst());
  }

  /**
   * What is wrong with the requests of several clients in one zone, if anything is.
   *
   * @param zone that all clients of the table are in
   */
  Optional<String> complaint(String zone, ZoneTable table, DemoRequests requests) {
    return lost(table, requests)
        .or(() ->
            table.clients().stream()
                .flatMap(client -> complaint(table, client, zone).stream())
                .findFirst());
  }

  private Optional<String> lost(ZoneTable table, DemoRequests requests) {
    if (requests.failed() > 0) {
      return Optional.of(
          "%s: expected no failed request, saw %d of %d (%s)"
              .formatted(title, requests.failed(), requests.sent(), requests.firstError()));
    }
    if (table.total() != requests.sent()) {
      return Optional.of(
          "%s: sent %d requests, the backends counted %d"
              .formatted(title, requests.sent(), table.total()));
    }
    return Optional.empty();
  }

  private Optional<String> complaint(ZoneTable table, String client, String zone) {
    Optional<String> complaint =
        zone.equals(drained) ? Optional.empty() : notLocal(table, client, zone);
    return complaint.or(() -> toDrained(table, client));
  }

  private Optional<String> notLocal(ZoneTable table, String client, String zone) {
    double share = table.share(client, zone);
    return share >= LOCAL_SHARE
        ? Optional.empty()
        : Optional.of(
            "%s: expected at least %.0f%% of %s's requests to stay in it, saw %.1f%%"
                .formatted(title, 100 * LOCAL_SHARE, client, 100 * share));
  }

  private Optional<String> toDrained(ZoneTable table, String client) {
    long sent = table.count(client, drained);
    return sent == 0
        ? Optional.empty()
        : Optional.of(
            "%s: expected no request to the drained zone, saw %d from %s"
                .formatted(title, sent, client));
  }
}
