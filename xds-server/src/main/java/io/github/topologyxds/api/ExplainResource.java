package io.github.topologyxds.api;

import io.github.topologyxds.explain.Delivered;
import io.github.topologyxds.explain.EndpointView;
import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.ServiceExplanation;
import io.github.topologyxds.explain.report.EndpointViewJson;
import io.github.topologyxds.explain.report.EndpointViewText;
import io.github.topologyxds.explain.report.ExplanationReport;
import io.github.topologyxds.explain.report.UnknownEndpointException;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.WhatIf;
import io.github.topologyxds.explanation.ZoneSource;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code services/NS/NAME/explain} and {@code services/NS/NAME/endpoints}: what a client gets of a
 * Service and why, and what the clients of each zone get.
 */
final class ExplainResource {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Explainer explainer;
  private final Clients clients;
  private final Function<XdsResource, Optional<ServiceState>> origins;

  /**
   * Explains what is served.
   *
   * @param origins what a load assignment was translated from that is not the latest any more
   */
  ExplainResource(
      Explainer explainer, Clients clients, Function<XdsResource, Optional<ServiceState>> origins) {
    this.explainer = explainer;
    this.clients = clients;
    this.origins = origins;
  }

  /** Explains a Service to one client. */
  JsonNode explain(ApiRequest request) {
    request.mayHave("client", "node", "zone", "family", "port", "to", WhatIfParameter.NAME, "text");
    ObjectName name = service(request);
    List<WhatIf> changes = WhatIfParameter.of(request);
    String id = request.parameter("client").orElse("");
    ExplainedClient client = client(request);
    ServiceExplanation explanation =
        (id.isEmpty() || !changes.isEmpty()
                ? explainer.explain(name, client, changes)
                : explainer.explain(name, client, delivered(name, clients.named(id))))
            .map(all -> asked(all, request.parameter("port").orElse("")))
            .orElseThrow(() -> unknown(name));
    ExplanationReport report = report(explanation, request.parameter("to"));
    return TextParameter.add(request, report.json(MAPPER), report::text);
  }

  private static ExplanationReport report(
      ServiceExplanation explanation, Optional<String> address) {
    try {
      return ExplanationReport.of(explanation, address);
    } catch (UnknownEndpointException e) {
      throw new ApiFailure(ApiFailure.Kind.NOT_FOUND, String.valueOf(e.getMessage()));
    }
  }

  /** Puts the clients of all zones, or of some Nodes, side by side. */
  JsonNode endpoints(ApiRequest request) {
    request.mayHave("node", "text");
    ObjectName name = service(request);
    String nodes = request.parameter("node").orElse("");
    List<EndpointView> views =
        explainer
            .endpoints(name, nodes.isEmpty() ? List.of() : List.of(nodes.split(",")))
            .orElseThrow(() -> unknown(name));
    return TextParameter.add(
        request,
        new EndpointViewJson(MAPPER).write(views),
        detail -> new EndpointViewText(detail).write(views));
  }

  private static ObjectName service(ApiRequest request) {
    return new ObjectName(request.path().get(1), request.path().get(2));
  }

  private static ApiFailure unknown(ObjectName name) {
    return new ApiFailure(
        ApiFailure.Kind.NOT_FOUND, "there is no Service " + name + " that is served");
  }

  private static ServiceExplanation asked(ServiceExplanation all, String port) {
    return port.isEmpty()
        ? all
        : all.only(port)
            .orElseThrow(() -> new ApiFailure(ApiFailure.Kind.NOT_FOUND, all.unserved(port)));
  }

  private ExplainedClient client(ApiRequest request) {
    String id = request.parameter("client").orElse("");
    boolean placed = request.parameter("node").isPresent() || request.parameter("zone").isPresent();
    if (id.isEmpty() == !placed) {
      throw new ApiFailure(
          ApiFailure.Kind.INVALID,
          "say from where: client=ID, or node=N or zone=Z or both (zone= alone: from nowhere)");
    }
    return id.isEmpty()
        ? explainer.client(
            request.parameter("node").orElse(""),
            request.parameter("zone").orElse(""),
            family(request))
        : connected(clients.named(id));
  }

  /**
   * Which ports there are is the latest state's to say; a client may have asked for none of them.
   */
  private Delivered delivered(ObjectName name, ConnectedClient client) {
    return new Delivered(clients.assignments(client, explainer.clusters(name)), origins);
  }

  /** As its stream sees it: a Node that is deleted stays what it was. */
  private static ExplainedClient connected(ConnectedClient client) {
    ZoneSource source =
        switch (client.place().origin()) {
          case NODE_LABEL -> ZoneSource.NODE_LABEL;
          case BOOTSTRAP -> ZoneSource.BOOTSTRAP;
          case NOWHERE -> ZoneSource.NOWHERE;
        };
    return new ExplainedClient(
        new ClientView(client.place().nodeName(), client.place().zone(), client.family()),
        source,
        Optional.of(client.visibleFrom()));
  }

  private static @Nullable Family family(ApiRequest request) {
    String label = request.parameter("family").orElse("");
    if (label.isEmpty()) {
      return null;
    }
    return Arrays.stream(Family.values())
        .filter(family -> family.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new ApiFailure(
                ApiFailure.Kind.INVALID, "family '" + label + "' is neither IPv4 nor IPv6"));
  }
}
