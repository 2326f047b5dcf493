package io.github.topologyxds.topology;

import io.github.topologyxds.topology.decision.FairShares;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.Preference;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much near routing loads the fullest endpoint of a service port, by the demand and as long as
 * all that is ready serves. Other than a client's selection it costs two walks over the endpoints,
 * for all zones together.
 *
 * @param ratio its load, in means of all ready endpoints; 1: all are alike
 * @param zone that it is in
 * @param endpoints how many ready ones there are in that zone
 * @param ready how many there are in all
 * @param demand the part of all requests that the clients of that zone send, 0..1
 */
public record NearLoad(double ratio, String zone, int endpoints, int ready, double demand) {

  /**
   * Returns it; empty where no zone is nearer than others, nobody knows of the demand, or a zone is
   * emptied, which loads the others for a while and is meant.
   */
  static Optional<NearLoad> of(RoutingCase asked) {
    SortedMap<String, Double> demand = FairShares.parts(BalanceRule.demand(asked));
    SortedMap<String, Double> ready = BalanceRule.capacity(asked.endpoints().endpoints());
    return demand.isEmpty() || ready.isEmpty() || !asked.shifts().isEmpty() || !zonesAreNear(asked)
        ? Optional.empty()
        : Optional.of(
            BalanceRule.mayAct(asked.policy())
                ? fair(asked, demand, ready)
                : new Strict(asked, demand, ready).load());
  }

  /** True where some client is given a zone. */
  static boolean zonesAreNear(RoutingCase asked) {
    ServiceRoutingPolicy policy = asked.policy();
    return !asked.reach().localOnly()
        && !policy.traffic().zoneWeights().value().any()
        && policy.hints() != ServiceRoutingPolicy.HintUse.IGNORED
        && (asked.endpoints().hintsByZone() || policy.preference() == Preference.SAME_ZONE);
  }

  private static NearLoad fair(
      RoutingCase asked, SortedMap<String, Double> demand, SortedMap<String, Double> ready) {
    SortedMap<String, Double> sent = new TreeMap<>();
    FairShares.of(demand, ready, asked.policy().traffic().overloadThreshold().value().part())
        .forEach((from, row) ->
            row.forEach((to, share) ->
                sent.merge(
                    to, demand.getOrDefault(from, 0.0) * share / FairShares.SCALE, Double::sum)));
    String fullest = "";
    double most = -1;
    for (var zone : ready.entrySet()) {
      double load = sent.getOrDefault(zone.getKey(), 0.0) / zone.getValue();
      if (load > most) {
        most = load;
        fullest = zone.getKey();
      }
    }
    return of(fullest, most, demand, ready);
  }

  private static NearLoad of(
      String zone, double load, SortedMap<String, Double> demand, SortedMap<String, Double> ready) {
    double all = ready.values().stream().mapToDouble(count -> count).sum();
    return new NearLoad(
        load * all,
        zone,
        (int) Math.round(ready.getOrDefault(zone, 0.0)),
        (int) Math.round(all),
        demand.getOrDefault(zone, 0.0));
  }

  /**
   * Strict near routing: the requests of a zone are shared by the endpoints that are hinted for it,
   * else by its own where these are near, else by all.
   *
   * @param demand of each zone, together 1
   * @param ready endpoints by zone
   */
  private record Strict(
      RoutingCase asked, SortedMap<String, Double> demand, SortedMap<String, Double> ready) {

    NearLoad load() {
      List<UsableEndpoint> endpoints =
          asked.endpoints().endpoints().stream()
              .filter(endpoint -> endpoint.condition() == EndpointCondition.READY)
              .toList();
      SortedMap<String, Integer> hinted = new TreeMap<>();
      for (UsableEndpoint endpoint : endpoints) {
        endpoint.hints().zones().forEach(zone -> hinted.merge(zone, 1, Integer::sum));
      }
      double wide = 0;
      for (var zone : demand.entrySet()) {
        boolean near = byHints(zone.getKey()) || byPlace(zone.getKey());
        wide += near ? 0 : zone.getValue() / endpoints.size();
      }
      String fullest = "";
      double most = -1;
      for (UsableEndpoint endpoint : endpoints) {
        double load = wide + near(endpoint, hinted);
        if (load > most) {
          most = load;
          fullest = endpoint.location().zone();
        }
      }
      return of(fullest, most, demand, ready);
    }

    private double near(UsableEndpoint endpoint, SortedMap<String, Integer> hinted) {
      double load = 0;
      for (String zone : endpoint.hints().zones()) {
        load += byHints(zone) ? demand.getOrDefault(zone, 0.0) / hinted.getOrDefault(zone, 1) : 0;
      }
      String own = endpoint.location().zone();
      boolean byPlace = !byHints(own) && byPlace(own);
      return load + (byPlace ? demand.getOrDefault(own, 0.0) / ready.getOrDefault(own, 1.0) : 0);
    }

    private boolean byHints(String zone) {
      return asked.endpoints().hintsCoverZone(zone);
    }

    private boolean byPlace(String zone) {
      return asked.policy().preference() == Preference.SAME_ZONE && ready.containsKey(zone);
    }
  }
}
