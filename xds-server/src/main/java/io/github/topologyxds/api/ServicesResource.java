package io.github.topologyxds.api;

import io.github.topologyxds.explain.ServiceSummaries;
import io.github.topologyxds.explain.ServiceSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code services}: what is served, and what of it leaves its zone. */
final class ServicesResource implements Resource {
  private static final double SCALE = 1e9;

  private static final Filter<ServiceSummary> FILTER =
      new Filter<ServiceSummary>()
          .by("namespace", summary -> summary.service().namespace())
          .by("name", summary -> summary.service().name())
          .having(
              "reason",
              (summary, reason) ->
                  summary.reasons().stream().anyMatch(r -> r.name().equals(reason)))
          .having("search", (summary, text) -> summary.service().toString().contains(text))
          .other("from")
          .other("to")
          .other("sort");

  private final ServiceSummaries summaries;

  ServicesResource(ServiceSummaries summaries) {
    this.summaries = summaries;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    Function<ServiceSummary, String> key = key(request.parameter("sort").orElse("name"));
    Predicate<ServiceSummary> between = between(request.parameter("from"), request.parameter("to"));
    List<ServiceSummary> sorted =
        FILTER.apply(request, summaries.all()).stream()
            .filter(between)
            .sorted(Comparator.comparing(key))
            .toList();
    return new Listing<>(sorted, key).page(request, ServicesResource::json);
  }

  /** What sends requests of clients of one zone to endpoints of another, or of any. */
  private static Predicate<ServiceSummary> between(Optional<String> from, Optional<String> to) {
    if (from.isEmpty() && to.isEmpty()) {
      return summary -> true;
    }
    return summary ->
        summary.ports().stream()
            .flatMap(port -> port.from().stream())
            .filter(zone -> from.isEmpty() || from.get().equals(zone.zone()))
            .anyMatch(
                zone -> to.isEmpty() ? !zone.to().isEmpty() : zone.to().containsKey(to.get()));
  }

  private static Function<ServiceSummary, String> key(String sort) {
    return switch (sort) {
      case "name" -> summary -> summary.service().toString();
      case "leaves" -> summary -> descending(summary.leaves()) + summary.service();
      case "worst" ->
          summary ->
              descending(summary.nowhere()) + descending(summary.leaves()) + summary.service();
      default ->
          throw new ApiFailure(
              ApiFailure.Kind.INVALID, "sort '" + sort + "' is none of name, leaves, worst");
    };
  }

  /** A share as text that sorts the greatest first. */
  private static String descending(double share) {
    return String.format(Locale.ROOT, "%010d ", Math.round((1 - share) * SCALE));
  }

  private static ObjectNode json(ServiceSummary summary) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("namespace", summary.service().namespace());
    json.put("name", summary.service().name());
    json.put("leaves", summary.leaves());
    json.put("nowhere", summary.nowhere());
    var reasons = json.putArray("reasons");
    summary.reasons().forEach(reason -> reasons.add(reason.name()));
    var ports = json.putArray("ports");
    summary
        .ports()
        .forEach(port -> {
          ObjectNode one = ports.addObject();
          one.put("cluster", port.cluster());
          one.put("number", port.number());
          var from = one.putArray("from");
          port.from().forEach(zone -> from.add(json(zone)));
        });
    return json;
  }

  private static ObjectNode json(ServiceSummary.FromZone from) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("zone", from.zone());
    json.put("reason", from.reason().name());
    json.put("stays", from.stays());
    json.put("leaves", from.leaves());
    json.put("nowhere", from.nowhere());
    ObjectNode to = json.putObject("to");
    from.to().forEach(to::put);
    return json;
  }
}
