package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.ServiceExplanation;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An explanation as it is told, by a server and over files alike.
 *
 * @param target the one endpoint that was asked for; empty: the Service as a whole was
 */
public record ExplanationReport(ServiceExplanation explanation, Optional<TargetVerdict> target) {
  /**
   * Returns an explanation with what becomes of one endpoint.
   *
   * @param address its IP or hostname; empty: none is asked for
   * @throws UnknownEndpointException when the Service has no such endpoint
   */
  public static ExplanationReport of(ServiceExplanation explanation, Optional<String> address) {
    return new ExplanationReport(explanation, address.map(ip -> TargetVerdict.of(explanation, ip)));
  }

  /** Returns whether requests from there reach what was asked for. */
  public boolean reachable() {
    return target.map(TargetVerdict::reachable).orElseGet(explanation::reachable);
  }

  /** Returns it for people: what becomes of the endpoint, then all of it. */
  public String text(ExplanationText.Detail detail) {
    return target.map(verdict -> verdict.text() + "\n").orElse("")
        + new ExplanationText(detail).write(explanation);
  }

  /** Returns it as the explanation, with {@code to} for the endpoint. */
  public ObjectNode json(ObjectMapper mapper) {
    ObjectNode root = new ExplanationJson(mapper).write(explanation);
    target.ifPresent(verdict -> verdict.addTo(root));
    return root;
  }
}
