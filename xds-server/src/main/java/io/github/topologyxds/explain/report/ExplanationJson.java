package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.Delivery;
import io.github.topologyxds.explain.ExplainedPort;
import io.github.topologyxds.explain.ServiceExplanation;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.state.findings.FindingJson;
import io.github.topologyxds.topology.RuleOutcome;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Omission;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.Visibility;
import java.util.SortedSet;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes explanations as JSON; the names are stable, docs/explain.md has them all. Shares are
 * numbers 0..1, zones and nodes "" where they are not known, and texts of users are cut at 80
 * characters.
 */
public final class ExplanationJson {
  private final ObjectMapper mapper;

  /** Takes the mapper that decides between JSON and YAML. */
  public ExplanationJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Returns the document about one Service for one client. */
  public ObjectNode write(ServiceExplanation explanation) {
    ObjectNode root = mapper.createObjectNode();
    root.put("service", explanation.service().toString());
    client(root.putObject("client"), explanation.client());
    ArrayNode changes = root.putArray("whatIf");
    for (ServiceExplanation.Change change : explanation.changes()) {
      changes
          .addObject()
          .put("change", Finding.quote(change.whatIf().toString()))
          .put("effective", change.effective());
    }
    if (!explanation.visibility().isEverybodys()) {
      Visibility visibility = explanation.visibility();
      root.putObject("visibility")
          .put("visibleTo", visibility.asked().value().label())
          .put("origin", visibility.asked().origin().name())
          .put("hidden", explanation.isHidden());
    }
    root.put("reachable", explanation.reachable());
    ArrayNode ports = root.putArray("ports");
    if (!explanation.isHidden()) {
      explanation.ports().forEach(port -> port(ports.addObject(), port));
    }
    FindingJson.addTo(root.putArray("findings"), explanation.findings());
    return root;
  }

  private static void client(ObjectNode node, ExplainedClient client) {
    ClientView view = client.view();
    node.put("node", Finding.quote(view.node()));
    node.put("zone", Finding.quote(view.zone()));
    node.put("zoneSource", client.zoneSource().name());
    if (view.family() != null) {
      node.put("family", view.family().label());
    }
  }

  private static void delivery(ObjectNode node, Delivery delivery) {
    node.put("progress", delivery.progress().name());
    node.put("explained", delivery.explained().name());
    node.put("accepted", delivery.accepted());
    node.put("latest", delivery.latest());
  }

  /** Writes one port of a Service, for one client. */
  private static void port(ObjectNode node, ExplainedPort port) {
    Explanation explanation = port.explanation();
    node.put("cluster", explanation.cluster());
    node.put("port", explanation.port().name());
    node.put("number", explanation.port().number());
    node.put("protocol", explanation.port().protocol().name());
    node.put("family", explanation.family().label());
    port.delivery().ifPresent(delivery -> delivery(node.putObject("delivery"), delivery));
    decision(node, explanation);
    shares(node, explanation);
    rules(node.putArray("rules"), explanation);
    tiers(node.putArray("tiers"), explanation);
    ArrayNode endpoints = node.putArray("endpoints");
    explanation.endpoints().forEach(endpoint -> endpoint(endpoints.addObject(), endpoint));
    ArrayNode leftOut = node.putArray("leftOut");
    explanation.leftOut().forEach(omission -> omission(leftOut.addObject(), omission));
    ArrayNode outcomes = node.putArray("whatWouldChange");
    for (ExplainedPort.Outcome outcome : port.outcomes()) {
      ObjectNode then = outcomes.addObject();
      then.put("change", Finding.quote(outcome.change().toString()));
      then.put("reason", outcome.explanation().decision().reason().name());
      shares(then, outcome.explanation());
    }
  }

  private static void shares(ObjectNode node, Explanation explanation) {
    node.put("reachable", explanation.reachable());
    node.put("stays", explanation.stays());
    node.put("leaves", explanation.leaves());
    ObjectNode zones = node.putObject("zones");
    explanation.byZone().forEach((zone, share) -> zones.put(Finding.quote(zone), share));
  }

  private static void decision(ObjectNode node, Explanation explanation) {
    ObjectNode decision = node.putObject("decision");
    decision.put("scope", explanation.decision().scope().getClass().getSimpleName());
    decision.put("basis", explanation.decision().basis().name());
    decision.put("eligibility", explanation.decision().eligibility().name());
    decision.put("reason", explanation.decision().reason().name());
    decision.put("meaning", explanation.decision().reason().meaning());
    ObjectNode policy = node.putObject("policy");
    policy.put("preference", explanation.policy().preference().label());
    policy.put("from", explanation.policy().reason().name());
    policy.put("hints", explanation.policy().hints().name());
    policy.put("notReady", explanation.policy().notReady().label());
  }

  private static void rules(ArrayNode array, Explanation explanation) {
    for (RuleOutcome outcome : explanation.rules()) {
      ObjectNode node = array.addObject();
      node.put("rule", outcome.rule().number());
      node.put("name", outcome.rule().name());
      node.put("result", outcome.result().name());
      node.put("text", outcome.facts().text());
      ObjectNode numbers = node.putObject("numbers");
      outcome.facts().numbers().forEach(numbers::put);
    }
  }

  private static void tiers(ArrayNode array, Explanation explanation) {
    for (int tier = 0; tier < explanation.tierShares().size(); tier++) {
      ObjectNode node = array.addObject();
      node.put("tier", tier);
      node.put("healthy", explanation.count(tier, Health.HEALTHY));
      node.put("unhealthy", explanation.count(tier, Health.UNHEALTHY));
      node.put("draining", explanation.count(tier, Health.DRAINING));
      node.put("share", explanation.tierShares().get(tier));
    }
  }

  private static void endpoint(ObjectNode node, ExplainedEndpoint endpoint) {
    node.put("tier", endpoint.tier());
    known(node, endpoint);
    node.put("health", endpoint.health().name());
    node.put("nearness", endpoint.nearness().name());
    node.put("share", endpoint.share());
    node.put("why", endpoint.why());
  }

  /** Writes what is the same for all clients. */
  static void known(ObjectNode node, ExplainedEndpoint endpoint) {
    node.put("address", endpoint.address().ip());
    node.put("port", endpoint.address().port());
    UsableEndpoint known = endpoint.endpoint();
    node.put("region", known.location().region());
    node.put("zone", known.location().zone());
    node.put("node", Finding.quote(known.location().node()));
    node.put("hostname", Finding.quote(known.hostname()));
    node.put("slice", endpoint.slice().toString());
    node.put("condition", known.condition().name());
    ObjectNode hints = node.putObject("hints");
    names(hints.putArray("nodes"), known.hints().nodes());
    names(hints.putArray("zones"), known.hints().zones());
  }

  private static void names(ArrayNode array, SortedSet<String> names) {
    names.forEach(name -> array.add(Finding.quote(name)));
  }

  static void omission(ObjectNode node, Omission omission) {
    node.put("slice", omission.slice().toString());
    node.put("address", Finding.quote(omission.address()));
    node.put("zone", Finding.quote(omission.place().zone()));
    node.put("node", Finding.quote(omission.place().node()));
    node.put("endpoints", omission.endpoints());
    node.put("reason", omission.reason().name());
    node.put("why", omission.reason().meaning());
  }
}
