package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.ExplainedPort;
import io.github.topologyxds.explain.ServiceExplanation;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.topology.RuleOutcome;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Omission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Writes explanations for people: the verdict, the endpoints, the rules, and what is left out. */
public final class ExplanationText {
  private final Detail detail;

  /** How much is told of each endpoint. */
  public enum Detail {
    TABLE,
    /** With its region, slice and conditions. */
    WIDE
  }

  /** A writer of explanations as text, in this detail. */
  public ExplanationText(Detail detail) {
    this.detail = detail;
  }

  /** Returns the text, one paragraph for each port, each line ended by a line feed. */
  public String write(ServiceExplanation explanation) {
    List<String> paragraphs = new ArrayList<>();
    if (!explanation.changes().isEmpty()) {
      paragraphs.add(changes(explanation.changes()));
    }
    if (!explanation.visibility().isEverybodys()) {
      paragraphs.add(VisibilityText.of(explanation));
    }
    if (!explanation.isHidden()) {
      explanation.ports().forEach(port -> paragraphs.add(port(port)));
    }
    if (explanation.ports().isEmpty()) {
      paragraphs.add(explanation.service() + " has no port that is served\n");
    }
    if (!explanation.findings().isEmpty()) {
      paragraphs.add("findings\n" + FindingText.indented(explanation.findings()));
    }
    return String.join("\n", paragraphs);
  }

  private static String changes(List<ServiceExplanation.Change> changes) {
    StringBuilder text = new StringBuilder();
    for (ServiceExplanation.Change change : changes) {
      text.append("what if ")
          .append(Finding.quote(change.whatIf().toString()))
          .append(change.effective() ? "" : "   (changes nothing of this Service)")
          .append('\n');
    }
    return text.toString();
  }

  private String port(ExplainedPort port) {
    Explanation explanation = port.explanation();
    return explanation.cluster()
        + " from "
        + client(explanation.client())
        + "   "
        + explanation.decision().reason()
        + "\n"
        + verdict(explanation)
        + port.delivery().map(delivery -> "\n" + delivery.line()).orElse("")
        + "\n\n"
        + (explanation.endpoints().isEmpty() ? "" : endpoints(explanation) + "\n")
        + rules(explanation)
        + leftOut(explanation.leftOut())
        + outcomes(port.outcomes());
  }

  private static String outcomes(List<ExplainedPort.Outcome> outcomes) {
    StringBuilder text = new StringBuilder();
    for (ExplainedPort.Outcome outcome : outcomes) {
      text.append(text.isEmpty() ? "\nwhat if\n" : "")
          .append("  ")
          .append(Finding.quote(outcome.change().toString()))
          .append(": ")
          .append(
              outcome.explanation().reachable()
                  ? zones(outcome.explanation())
                  : "nothing can be reached")
          .append('\n');
    }
    return text.toString();
  }

  private static String client(ExplainedClient client) {
    String node = client.view().node();
    String zone = client.view().zone();
    String in = zone.isEmpty() ? "no known zone" : Finding.quote(zone);
    String source = zone.isEmpty() ? "" : ", " + client.zoneSource().label();
    return node.isEmpty() ? in + source : Finding.quote(node) + " (" + in + source + ")";
  }

  /** Where the requests go, in one line. */
  static String verdict(Explanation explanation) {
    if (!explanation.reachable()) {
      return "nothing can be reached: " + explanation.decision().reason().meaning();
    }
    String zone = explanation.client().view().zone();
    if (zone.isEmpty()) {
      return "the client's zone is not known: " + zones(explanation);
    }
    String because = because(explanation);
    return "stays in "
        + Finding.quote(zone)
        + ": "
        + Percent.of(explanation.stays())
        + "   leaves: "
        + Percent.of(explanation.leaves())
        + (because.isEmpty() ? "" : "   because " + because);
  }

  private static String zones(Explanation explanation) {
    List<String> parts = new ArrayList<>();
    explanation
        .byZone()
        .forEach((zone, share) ->
            parts.add(
                Percent.of(share) + " to " + (zone.isEmpty() ? "no zone" : Finding.quote(zone))));
    return String.join(", ", parts);
  }

  /** Why not everything stays; "" where it does. */
  private static String because(Explanation explanation) {
    if (explanation.leaves() == 0) {
      return "";
    }
    long unhealthy = explanation.count(0, Health.UNHEALTHY);
    if (explanation.tierShares().size() > 1 && explanation.tierShares().getFirst() < 1) {
      long near = unhealthy + explanation.count(0, Health.HEALTHY);
      return unhealthy
          + " of "
          + near
          + " near endpoints "
          + (unhealthy == 1 ? "is" : "are")
          + " not ready";
    }
    return explanation.decision().reason().meaning();
  }

  private String endpoints(Explanation explanation) {
    TextTable table =
        switch (detail) {
          case TABLE ->
              new TextTable("TIER", "ENDPOINT", "ZONE", "NODE", "STATE", "HINT", "SHARE", "WHY");
          case WIDE ->
              new TextTable(
                  "TIER",
                  "ENDPOINT",
                  "REGION",
                  "ZONE",
                  "NODE",
                  "STATE",
                  "HINT",
                  "SHARE",
                  "SLICE",
                  "WHY");
        };
    for (ExplainedEndpoint e : explanation.endpoints()) {
      String tier = String.valueOf(e.tier());
      String address = e.address().toString();
      String node = Finding.quote(e.node());
      String state = e.health().name().toLowerCase(Locale.ROOT);
      String share = Percent.of(e.share());
      switch (detail) {
        case TABLE -> table.row(tier, address, e.zone(), node, state, hint(e), share, e.why());
        case WIDE ->
            table.row(
                tier,
                address,
                e.endpoint().location().region(),
                e.zone(),
                node,
                state,
                hint(e),
                share,
                e.slice().toString(),
                e.why());
      }
    }
    return table.text();
  }

  static String hint(ExplainedEndpoint endpoint) {
    TreeSet<String> hints = new TreeSet<>(endpoint.endpoint().hints().nodes());
    hints.addAll(endpoint.endpoint().hints().zones());
    return Finding.quote(String.join(",", hints));
  }

  private static String rules(Explanation explanation) {
    StringBuilder text = new StringBuilder("rules\n");
    for (RuleOutcome outcome : explanation.rules()) {
      switch (outcome.result()) {
        case PASSED -> text.append(rule(outcome)).append('\n');
        case DECIDED ->
            text.append(rule(outcome))
                .append("  -> ")
                .append(explanation.decision().reason())
                .append('\n');
        case APPLIED -> text.append(rule(outcome)).append('\n');
        case NOT_ASKED -> {}
      }
    }
    return text.toString();
  }

  private static String rule(RuleOutcome outcome) {
    return "  " + outcome.rule().number() + "  " + outcome.facts().text();
  }

  static String leftOut(List<Omission> omissions) {
    if (omissions.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\nleft out\n");
    TextTable table = new TextTable("ENDPOINT", "ZONE", "NODE", "SLICE", "REASON", "WHY");
    for (Omission omission : omissions) {
      table.row(
          omission.address().isEmpty()
              ? omission.endpoints() + " endpoints"
              : Finding.quote(omission.address()),
          Finding.quote(omission.place().zone()),
          Finding.quote(omission.place().node()),
          omission.slice().toString(),
          omission.reason().name(),
          omission.reason().meaning());
    }
    return text.append(table.text()).toString();
  }
}
