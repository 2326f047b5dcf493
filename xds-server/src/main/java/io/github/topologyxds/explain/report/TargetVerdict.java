package io.github.topologyxds.explain.report;

import io.github.topologyxds.explain.ExplainedPort;
import io.github.topologyxds.explain.ServiceExplanation;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.Omission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of a client's requests to one endpoint.
 *
 * @param address its IP or hostname, as given
 * @param used where it stands, by port
 * @param leftOut where it takes no part
 * @param reachable whether the client sends it requests, or would once nearer ones are lost: it
 *     sees the Service, and the endpoint is healthy
 */
record TargetVerdict(String address, List<OfPort> used, List<Omission> leftOut, boolean reachable) {
  TargetVerdict {
    used = List.copyOf(used);
    leftOut = List.copyOf(leftOut);
  }

  /** An endpoint at a port. */
  record OfPort(String cluster, ExplainedEndpoint endpoint) {}

  /**
   * Looks for an endpoint, by its IP or hostname, in what a client gets.
   *
   * @throws UnknownEndpointException when the Service has none of this address or name
   */
  static TargetVerdict of(ServiceExplanation explanation, String address) {
    List<OfPort> used = new ArrayList<>();
    List<Omission> leftOut = new ArrayList<>();
    for (ExplainedPort port : explanation.ports()) {
      port.explanation().endpoints().stream()
          .filter(
              endpoint -> isNamed(address, endpoint.address().ip(), endpoint.endpoint().hostname()))
          .forEach(endpoint -> used.add(new OfPort(port.explanation().cluster(), endpoint)));
      port.explanation().leftOut().stream()
          .filter(omission -> isNamed(address, omission.address(), omission.hostname()))
          .forEach(leftOut::add);
    }
    if (used.isEmpty() && leftOut.isEmpty()) {
      throw new UnknownEndpointException(explanation.service(), address, addresses(explanation));
    }
    boolean healthy = used.stream().anyMatch(port -> port.endpoint().health() == Health.HEALTHY);
    return new TargetVerdict(address, used, leftOut, healthy && !explanation.isHidden());
  }

  /** As in DNS, case makes no difference to a hostname. */
  private static boolean isNamed(String wanted, String ip, String hostname) {
    return ip.equals(wanted) || (!hostname.isEmpty() && hostname.equalsIgnoreCase(wanted));
  }

  private static SortedSet<String> addresses(ServiceExplanation explanation) {
    SortedSet<String> addresses = new TreeSet<>();
    for (ExplainedPort port : explanation.ports()) {
      for (ExplainedEndpoint endpoint : port.explanation().endpoints()) {
        addresses.add(endpoint.address().ip());
        addresses.add(endpoint.endpoint().hostname());
      }
      for (Omission omission : port.explanation().leftOut()) {
        addresses.add(omission.address());
        addresses.add(omission.hostname());
      }
    }
    addresses.remove("");
    return addresses;
  }

  /** Returns one line for each place where it stands or is left out. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (OfPort port : used) {
      ExplainedEndpoint endpoint = port.endpoint();
      text.append("to ")
          .append(endpoint.address())
          .append(" of ")
          .append(port.cluster())
          .append(": ")
          .append(Percent.of(endpoint.share()))
          .append(", tier ")
          .append(endpoint.tier())
          .append(", ")
          .append(endpoint.health().name().toLowerCase(Locale.ROOT))
          .append(": ")
          .append(endpoint.why())
          .append('\n');
    }
    for (Omission omission : leftOut) {
      text.append("to ")
          .append(Finding.quote(omission.address()))
          .append(" of EndpointSlice ")
          .append(omission.slice())
          .append(": nothing, ")
          .append(omission.reason())
          .append(": ")
          .append(omission.reason().meaning())
          .append('\n');
    }
    return text.toString();
  }

  /** Adds {@code to}: the address, whether it is reached, and where it stands. */
  void addTo(ObjectNode root) {
    ObjectNode node = root.putObject("to");
    node.put("address", Finding.quote(address));
    node.put("reachable", reachable());
    ArrayNode array = node.putArray("ports");
    for (OfPort port : used) {
      array
          .addObject()
          .put("cluster", port.cluster())
          .put("tier", port.endpoint().tier())
          .put("health", port.endpoint().health().name())
          .put("share", port.endpoint().share())
          .put("why", port.endpoint().why());
    }
    ArrayNode reasons = node.putArray("leftOut");
    leftOut.forEach(omission -> reasons.add(omission.reason().name()));
  }
}
