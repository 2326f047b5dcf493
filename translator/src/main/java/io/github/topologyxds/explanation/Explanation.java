package io.github.topologyxds.explanation;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.topology.RuleOutcome;
import io.github.topologyxds.topology.ServiceRoutingPolicy;
import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Omission;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What one client gets of one service port, and why: the one answer that the commands, the API and
 * the page print.
 *
 * @param cluster {@code namespace/service:port}
 * @param family that the client is answered in first
 * @param policy what applies to the Service where hints do not decide
 * @param rules every rule, in the order in which they are asked
 * @param tierShares of the client's requests, 0..1, by tier
 * @param endpoints what is pushed to the client, by tier, zone and address
 * @param leftOut what takes no part, by slice and address
 * @param nowhere the share of requests that find no endpoint: 0 or 1
 */
public record Explanation(
    String cluster,
    ServicePort port,
    ExplainedClient client,
    Family family,
    ServiceRoutingPolicy policy,
    Decision decision,
    List<RuleOutcome> rules,
    List<Double> tierShares,
    List<ExplainedEndpoint> endpoints,
    List<Omission> leftOut,
    double nowhere) {
  public Explanation {
    rules = List.copyOf(rules);
    tierShares = List.copyOf(tierShares);
    endpoints = List.copyOf(endpoints);
    leftOut = List.copyOf(leftOut);
  }

  /** Returns whether any request of the client finds an endpoint. */
  public boolean reachable() {
    return nowhere == 0;
  }

  /** Returns the share of each zone that gets any, 0..1, "" for endpoints without one. */
  public SortedMap<String, Double> byZone() {
    SortedMap<String, Double> zones = new TreeMap<>();
    for (ExplainedEndpoint endpoint : endpoints) {
      if (endpoint.share() > 0) {
        zones.merge(endpoint.zone(), endpoint.share(), Double::sum);
      }
    }
    return Collections.unmodifiableSortedMap(zones);
  }

  /** Returns the share that stays in the client's zone, 0..1; 0 where its zone is not known. */
  public double stays() {
    String zone = client.view().zone();
    return zone.isEmpty() ? 0 : byZone().getOrDefault(zone, 0.0);
  }

  /** Returns the share that goes to endpoints of other zones, or of none, 0..1. */
  public double leaves() {
    return Math.max(0, 1 - nowhere - stays());
  }

  /** Returns how many endpoints stand in each tier. */
  public List<Integer> tierSizes() {
    return IntStream.range(0, tierShares.size())
        .map(tier -> (int) endpoints.stream().filter(e -> e.tier() == tier).count())
        .boxed()
        .toList();
  }

  /** Returns how many endpoints of a tier Envoy is told to be in a health. */
  public long count(int tier, Health health) {
    return endpoints.stream().filter(e -> e.tier() == tier && e.health() == health).count();
  }
}
