package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.decision.NearUse;
import io.github.topologyxds.topology.decision.Selection;
import io.github.topologyxds.topology.endpoint.Reach;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.ports.PortSlices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The routing of one service port in one family: ask it for any client. It shares its endpoints
 * with the ports of the same slices. Immutable; any thread.
 */
public final class PortRouting {
  private final PortEndpoints endpoints;
  private final List<Integer> numbers;
  private final Addressing addressing;
  private final ServiceRoutingPolicy policy;
  private final Reach reach;
  private final Demand demand;
  private final ShiftedZones shifts;

  /** What the endpoints' addresses are. */
  public enum Addressing {
    /** Literal addresses of one family. */
    IPS,
    /** Names, which have no family, and which somebody has to resolve. */
    NAMES
  }

  /**
   * Joins what is asked with what there is.
   *
   * @param slices where the endpoints stand
   * @param demand on the Service
   * @param shifts the zones that its traffic keeps away from
   */
  PortRouting(
      PortEndpoints endpoints,
      PortSlices slices,
      ServiceRoutingPolicy policy,
      Reach reach,
      Demand demand,
      ShiftedZones shifts) {
    this.endpoints = endpoints;
    this.numbers = slices.numbers();
    this.addressing = slices.areNames() ? Addressing.NAMES : Addressing.IPS;
    this.policy = policy;
    this.reach = reach;
    this.demand = demand;
    this.shifts = shifts;
  }

  /**
   * Returns the endpoints of the port in this family; puts them together if nobody has asked
   * before.
   */
  public PortEndpoints endpoints() {
    return endpoints;
  }

  /** Returns what the endpoints' addresses are. */
  public Addressing addressing() {
    return addressing;
  }

  /** Returns the target port of one of these endpoints, 1..65535. */
  public int number(UsableEndpoint endpoint) {
    return numbers.get(endpoint.address().target());
  }

  /** Returns the hostnames of the ready endpoints, without "". */
  public Set<String> readyHostnames() {
    return endpoints.readyHostnames();
  }

  /**
   * Returns what this client gets, and why. It is decided on the {@link #reduce reduced} view,
   * whoever asks: a client of the server and the offline commands are told the same.
   */
  public Selection select(ClientView view) {
    return EndpointSelector.select(asked(reduce(view)));
  }

  /** Returns what each rule did for this client, in the order in which they are asked. */
  public List<RuleOutcome> rules(ClientView view) {
    RoutingCase reduced = asked(reduce(view));
    RoutingCase named = asked(view);
    List<RuleOutcome> outcomes = new ArrayList<>();
    boolean decided = false;
    for (RoutingRule rule : RoutingRule.values()) {
      if (rule == RoutingRule.ZONE_WEIGHTS && !policy.traffic().zoneWeights().value().any()) {
        continue;
      }
      if (decided) {
        outcomes.add(new RuleOutcome(rule, RuleOutcome.Result.NOT_ASKED, RuleFacts.NONE));
      } else {
        decided = rule.decide(reduced).isPresent();
        outcomes.add(
            new RuleOutcome(
                rule,
                decided ? RuleOutcome.Result.DECIDED : RuleOutcome.Result.PASSED,
                rule.facts(named)));
      }
    }
    for (TrafficRule rule : TrafficRule.values()) {
      if (rule.acts(named)) {
        outcomes.add(new RuleOutcome(rule, RuleOutcome.Result.APPLIED, rule.facts(named)));
      }
    }
    return outcomes;
  }

  /** True where zones have shares of their own, so that clusters must use weights. */
  public boolean weighsZones() {
    return !reach.localOnly()
        && (policy.traffic().zoneWeights().value().any() || BalanceRule.mayAct(policy));
  }

  /** Returns whether it can make a difference where clients are, all together. */
  public boolean demandMatters() {
    return NearLoad.zonesAreNear(asked(ClientView.UNKNOWN));
  }

  /** Returns how the demand is used; empty where it makes no difference, or nothing is ready. */
  public Optional<NearUse> nearUse() {
    SortedMap<String, Double> ready =
        demandMatters() ? BalanceRule.carrying(endpoints.endpoints(), shifts) : new TreeMap<>();
    return ready.isEmpty()
        ? Optional.empty()
        : Optional.of(new NearUse(ready, policy.traffic().overloadThreshold().value().part()));
  }

  /**
   * Returns how much the fullest endpoint carries; empty where no zone is nearer than others, or
   * nobody knows of the demand.
   */
  public Optional<NearLoad> nearLoad() {
    return NearLoad.of(asked(ClientView.UNKNOWN));
  }

  /** Returns what applies to the Service where hints do not decide. */
  public ServiceRoutingPolicy policy() {
    return policy;
  }

  /** True where clients have their own Node's endpoints alone (rule 1). */
  public boolean localOnly() {
    return reach.localOnly();
  }

  /** Returns the zones that the Service's traffic keeps away from. */
  public ShiftedZones shifts() {
    return shifts;
  }

  /** True where failover may keep clients from endpoints. */
  boolean failoverRestricted() {
    return reach.restricted();
  }

  private RoutingCase asked(ClientView view) {
    return new RoutingCase(endpoints(), policy, reach, demand, shifts, view);
  }

  /**
   * Returns the least specific view that gets the same endpoints in the same tiers: clients with
   * equal reduced views share one resource.
   */
  public ClientView reduce(ClientView view) {
    return endpoints.reduce(view, policy, reach);
  }

  /** Returns whether it can make a difference on which node a client is. */
  public boolean anyNodeMatters() {
    return endpoints.anyNodeMatters(policy, reach);
  }
}
