package io.github.topologyxds.topology;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.topology.decision.Basis;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.MaxConnectionAge;
import io.github.topologyxds.topology.settings.Nearness;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.Setting;
import io.github.topologyxds.topology.settings.SpillBelow;
import io.github.topologyxds.topology.settings.ZoneWeights;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a rule looked at, for people and for programs.
 *
 * @param text one line, such as {@code zone hints on 3 of 4 ready endpoints: not used}
 * @param numbers counts of endpoints by what they count: {@code endpoints}, {@code ready}, {@code
 *     serving}, {@code hinted} (of the ready ones), {@code named} (hinted for this client), {@code
 *     onNode}, {@code inZone}, {@code within} (left by failover), {@code weighted} (in zones with a
 *     weight)
 */
public record RuleFacts(String text, SortedMap<String, Integer> numbers) {
  static final RuleFacts NONE = new RuleFacts("", new TreeMap<>());

  public RuleFacts {
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
  }

  private RuleFacts(String text) {
    this(text, new TreeMap<>());
  }

  RuleFacts and(String name, int count) {
    SortedMap<String, Integer> more = new TreeMap<>(numbers);
    more.put(name, count);
    return new RuleFacts(text, more);
  }

  static RuleFacts local(RoutingCase asked) {
    if (!asked.reach().localOnly()) {
      return new RuleFacts("internalTrafficPolicy is not Local");
    }
    int local = count(asked, e -> ScopeRules.isLocal(e, asked.view().node()));
    int all = asked.endpoints().endpoints().size();
    String text =
        "internalTrafficPolicy Local: %d of %d endpoints on %s"
            .formatted(local, all, node(asked.view()));
    return new RuleFacts(text).and("onNode", local).and("endpoints", all);
  }

  static RuleFacts noEndpoint(RoutingCase asked) {
    int all = asked.endpoints().endpoints().size();
    int serving = count(asked, e -> e.condition() != EndpointCondition.UNREADY);
    String text =
        serving == 0
            ? asked.endpoints().absence().meaning()
            : serving + " of " + all + " endpoints take requests";
    return new RuleFacts(text).and("serving", serving).and("endpoints", all);
  }

  static RuleFacts noneReady(RoutingCase asked) {
    int all = asked.endpoints().endpoints().size();
    int ready = asked.endpoints().ready();
    return new RuleFacts(ready + " of " + all + " endpoints are ready")
        .and("ready", ready)
        .and("endpoints", all);
  }

  static RuleFacts hintsIgnored(RoutingCase asked) {
    return new RuleFacts(
        asked.policy().hints() == ServiceRoutingPolicy.HintUse.IGNORED
            ? "the Service's annotation topology-xds.io/preference is none: hints are ignored"
            : "the Service does not ask to ignore hints");
  }

  static RuleFacts nodeHints(RoutingCase asked) {
    int named = count(asked, e -> isReady(e) && e.hintedForNode(asked.view().node()));
    return hints(
        "node", asked, new Hinted(asked.endpoints().withNodeHints(), named, node(asked.view())));
  }

  static RuleFacts zoneHints(RoutingCase asked) {
    int named = count(asked, e -> isReady(e) && e.hintedForZone(asked.view().zone()));
    return hints(
        "zone", asked, new Hinted(asked.endpoints().withZoneHints(), named, zone(asked.view())));
  }

  private record Hinted(int hinted, int named, String place) {}

  private static RuleFacts hints(String kind, RoutingCase asked, Hinted found) {
    int ready = asked.endpoints().ready();
    String text = "%s hints on %d of %d ready endpoints".formatted(kind, found.hinted(), ready);
    if (found.hinted() > 0 && found.hinted() < ready) {
      text += ": not used";
    } else if (found.hinted() > 0) {
      text += ", " + (found.named() == 0 ? "none" : found.named()) + " for " + found.place();
    }
    return new RuleFacts(text)
        .and("ready", ready)
        .and("hinted", found.hinted())
        .and("named", found.named());
  }

  static RuleFacts locationUnknown(RoutingCase asked) {
    return new RuleFacts("the client is on " + node(asked.view()) + " in " + zone(asked.view()));
  }

  static RuleFacts derived(RoutingCase asked) {
    ServiceRoutingPolicy policy = asked.policy();
    if (policy.basis() == Basis.DERIVED) {
      return near(asked, "spec.trafficDistribution asks for " + policy.preference().label());
    }
    if (policy.reason() == DecisionReason.NOT_DERIVED) {
      return new RuleFacts("spec.trafficDistribution is not followed: --no-derive");
    }
    return new RuleFacts(
        policy.hints() == ServiceRoutingPolicy.HintUse.AUTO
            ? "topology-mode Auto: nothing is derived where hints are missing"
            : "spec.trafficDistribution is not set, or the Service's annotation says otherwise");
  }

  static RuleFacts preference(RoutingCase asked) {
    ServiceRoutingPolicy policy = asked.policy();
    return policy.preference() == Preference.NONE
        ? new RuleFacts(policy.reason().meaning())
        : near(asked, policy.reason().meaning() + ": " + policy.preference().label());
  }

  static RuleFacts zoneWeights(RoutingCase asked) {
    Setting<ZoneWeights> weights = asked.policy().traffic().zoneWeights();
    int weighted =
        count(
            asked,
            e ->
                weights.value().nearness(e.location().zone()) == Nearness.WEIGHTED_ZONE
                    && ScopeRules.makesTier(e));
    int all = asked.endpoints().endpoints().size();
    return new RuleFacts(
            "zone-weights %s (%s): %d of %d endpoints are in weighted zones; hints and preferences are not asked"
                .formatted(
                    Finding.quote(weights.value().label()),
                    weights.origin().label(),
                    weighted,
                    all))
        .and("endpoints", all)
        .and("weighted", weighted);
  }

  static RuleFacts spillBelow(RoutingCase asked) {
    Setting<SpillBelow> spillBelow = asked.policy().traffic().spillBelow();
    return new RuleFacts(
        "spill-below %s (%s): load leaves a tier with less than that of its endpoints ready; gRPC clients have no such share: they leave a tier when none of it is"
            .formatted(spillBelow.value().label(), spillBelow.origin().label()));
  }

  static RuleFacts maxConnectionAge(RoutingCase asked) {
    Setting<MaxConnectionAge> age = asked.policy().traffic().maxConnectionAge();
    return new RuleFacts(
        "max-connection-age %s (%s): where the port is TCP, a sidecar on demand closes connections of that age, so that they are made again"
            .formatted(age.value().label(), age.origin().label()));
  }

  static RuleFacts failover(RoutingCase asked) {
    Setting<Failover> failover = asked.policy().traffic().failover();
    int all = asked.endpoints().endpoints().size();
    int within = FailoverRule.within(asked).size();
    String text =
        switch (failover.value()) {
          case ANYWHERE, ZONE -> "in " + zone(asked.view());
          case REGION -> "in the region of " + zone(asked.view());
          case NONE -> "before the cut to the first tier";
        };
    return new RuleFacts(
            "failover %s (%s): of %d endpoints %d %s"
                .formatted(failover.value().label(), failover.origin().label(), all, within, text))
        .and("endpoints", all)
        .and("within", within);
  }

  private static RuleFacts near(RoutingCase asked, String text) {
    ClientView view = asked.view();
    boolean byNode = asked.policy().preference() == Preference.SAME_NODE;
    int onNode = count(asked, e -> ScopeRules.makesTier(e) && e.onNode(view.node()));
    int inZone = count(asked, e -> ScopeRules.makesTier(e) && e.inZone(view.zone()));
    String where =
        (byNode ? onNode + " on " + node(view) + ", " : "") + inZone + " in " + zone(view);
    RuleFacts facts =
        new RuleFacts(text + "; of " + asked.endpoints().endpoints().size() + " endpoints " + where)
            .and("inZone", inZone)
            .and("endpoints", asked.endpoints().endpoints().size());
    return byNode ? facts.and("onNode", onNode) : facts;
  }

  private static boolean isReady(UsableEndpoint endpoint) {
    return endpoint.condition() == EndpointCondition.READY;
  }

  private static int count(RoutingCase asked, Predicate<UsableEndpoint> counted) {
    return (int) asked.endpoints().endpoints().stream().filter(counted).count();
  }

  private static String node(ClientView view) {
    return view.node().isEmpty() ? "an unknown node" : Finding.quote(view.node());
  }

  private static String zone(ClientView view) {
    return view.zone().isEmpty() ? "an unknown zone" : Finding.quote(view.zone());
  }
}
