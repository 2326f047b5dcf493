package io.github.topologyxds.api;

import io.github.topologyxds.explain.Explainer;
import io.github.topologyxds.explain.ExplanationJson;
import io.github.topologyxds.explain.ExplanationText;
import io.github.topologyxds.explain.ServiceExplanation;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ZoneSource;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.session.status.ConnectedClient;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code services/NS/NAME/explain}: what a client gets of a Service, and why. */
final class ExplainResource implements Resource {
  private static final Set<String> PARAMETERS =
      Set.of("client", "node", "zone", "family", "port", "text");

  private final Explainer explainer;
  private final Clients clients;

  ExplainResource(Explainer explainer, Clients clients) {
    this.explainer = explainer;
    this.clients = clients;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    check(request);
    ObjectName name = new ObjectName(request.path().get(1), request.path().get(2));
    ServiceExplanation explanation =
        explainer
            .explain(name, client(request))
            .map(all -> asked(all, request.parameter("port").orElse("")))
            .orElseThrow(() ->
                new ApiFailure(
                    ApiFailure.Kind.NOT_FOUND, "there is no Service " + name + ", or it is left out"));
    ObjectNode json = new ExplanationJson(new JsonMapper()).write(explanation);
    request
        .parameter("text")
        .ifPresent(text ->
            json.put("text", new ExplanationText(detail(text)).write(explanation)));
    return json;
  }

  private static void check(ApiRequest request) {
    for (String parameter : request.parameters().keySet()) {
      if (!PARAMETERS.contains(parameter)) {
        throw new ApiFailure(
            ApiFailure.Kind.INVALID,
            "there is no parameter '"
                + parameter
                + "'; there are "
                + String.join(", ", new TreeSet<>(PARAMETERS)));
      }
    }
  }

  private ExplainedClient client(ApiRequest request) {
    String id = request.parameter("client").orElse("");
    boolean placed =
        request.parameter("node").isPresent() || request.parameter("zone").isPresent();
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

  /** As its stream sees it: a Node that is deleted stays what it was. */
  private static ExplainedClient connected(ConnectedClient client) {
    ZoneSource source =
        switch (client.place().origin()) {
          case NODE_LABEL -> ZoneSource.NODE_LABEL;
          case BOOTSTRAP -> ZoneSource.BOOTSTRAP;
          case NOWHERE -> ZoneSource.NOWHERE;
        };
    return new ExplainedClient(
        new ClientView(client.place().nodeName(), client.place().zone(), client.family()), source);
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

  private static ServiceExplanation asked(ServiceExplanation all, String port) {
    if (port.isEmpty()) {
      return all;
    }
    return all.only(port)
        .orElseThrow(() -> new ApiFailure(ApiFailure.Kind.NOT_FOUND, all.unserved(port)));
  }

  private static ExplanationText.Detail detail(String text) {
    return switch (text) {
      case "table" -> ExplanationText.Detail.TABLE;
      case "wide" -> ExplanationText.Detail.WIDE;
      default ->
          throw new ApiFailure(
              ApiFailure.Kind.INVALID, "text '" + text + "' is neither table nor wide");
    };
  }
}
