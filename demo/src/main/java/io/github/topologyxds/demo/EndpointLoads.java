package io.github.topologyxds.demo;

import java.util.Locale;
import java.util.Optional;

/**
 * What the backends of each zone got, in means of all backends.
 *
 * @param table who sent what where
 * @param requests what the clients saw
 */
record EndpointLoads(DemoBackends backends, ZoneTable table, DemoRequests requests) {
  /** What fair routing promises with its default threshold of 20 %, and what counting adds. */
  private static final double MAX_LOAD = 1.25;

  private static final double MAX_CROSSING = 0.21;

  /** Returns the load of a backend of a zone, in means. */
  double load(String zone) {
    long requests = table.zones().stream().mapToLong(from -> table.count(from, zone)).sum();
    return table.total() == 0
        ? 0
        : (double) requests / backends.in(zone) * backends.all() / table.total();
  }

  double fullest() {
    return table.zones().stream().mapToDouble(this::load).max().orElse(0);
  }

  /** Returns the part of all requests that left its zone, 0..1. */
  double crossing() {
    long stayed = table.zones().stream().mapToLong(zone -> table.count(zone, zone)).sum();
    return table.total() == 0 ? 0 : 1 - (double) stayed / table.total();
  }

  /** Returns what is wrong however requests are spread, if anything is. */
  Optional<String> complaint(String title) {
    if (requests.failed() > 0) {
      return Optional.of(
          "%s: expected no failed request, saw %d of %d (%s)"
              .formatted(title, requests.failed(), requests.sent(), requests.firstError()));
    }
    return table.total() == requests.sent()
        ? Optional.empty()
        : Optional.of(
            "%s: sent %d requests, the backends counted %d"
                .formatted(title, requests.sent(), table.total()));
  }

  /** Returns what is wrong with fair routing, if anything is. */
  Optional<String> unfair() {
    return fullest() <= MAX_LOAD && crossing() <= MAX_CROSSING
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "fair: expected at most %.2f means at a backend and %.0f %% across zones, saw %.2f and"
                    + " %.1f %%",
                MAX_LOAD,
                100 * MAX_CROSSING,
                fullest(),
                100 * crossing()));
  }

  /** For people: both, zone by zone. */
  static String beside(EndpointLoads strict, EndpointLoads fair) {
    StringBuilder text = new StringBuilder("load of a backend, in means:\n");
    text.append(line("", "strict", "fair"));
    for (String zone : strict.table.zones()) {
      String name = "%s, %d of %d".formatted(zone, strict.backends.in(zone), strict.backends.all());
      text.append(line(name, means(strict.load(zone)), means(fair.load(zone))));
    }
    return text.append(line("crossing zones", part(strict.crossing()), part(fair.crossing())))
        .toString();
  }

  private static String line(String name, String strict, String fair) {
    return "%-16s%10s%10s%n".formatted(name, strict, fair);
  }

  private static String means(double load) {
    return String.format(Locale.ROOT, "%.2f", load);
  }

  private static String part(double crossing) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * crossing);
  }
}
