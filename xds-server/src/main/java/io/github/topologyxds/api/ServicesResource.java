package io.github.topologyxds.api;

import io.github.topologyxds.explain.ServiceSummaries;
import io.github.topologyxds.explain.ServiceSummary;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code services}: what is served, and what of it leaves its zone. */
final class ServicesResource implements Resource {
  private static final long SCALE = 1_000_000_000;

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
          .other("sort")
          .other(PortsParameter.NAME);

  private final ServiceSummaries summaries;

  ServicesResource(ServiceSummaries summaries) {
    this.summaries = summaries;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    Function<ServiceSummary, String> key = key(request.parameter("sort").orElse("name"));
    Predicate<ServiceSummary> between = between(request.parameter("from"), request.parameter("to"));
    List<ServiceSummary> asked =
        FILTER.apply(request, summaries.all()).stream().filter(between).toList();
    int ports = PortsParameter.of(request);
    return Listing.of(asked, key).page(request, (summary, to) -> write(summary, ports, to));
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
    // From SCALE to twice that: of one length without any padding.
    return SCALE + Math.round((1 - share) * SCALE) + " ";
  }

  private static void write(ServiceSummary summary, int most, JsonGenerator to) {
    to.writeStartObject();
    to.writeStringProperty("namespace", summary.service().namespace());
    to.writeStringProperty("name", summary.service().name());
    to.writeNumberProperty("leaves", summary.leaves());
    to.writeNumberProperty("nowhere", summary.nowhere());
    to.writeArrayPropertyStart("reasons");
    summary.reasons().forEach(reason -> to.writeString(reason.name()));
    to.writeEndArray();
    to.writeStringProperty("worst", summary.worst());
    to.writeArrayPropertyStart("ports");
    for (ServiceSummary.Port port : PortsParameter.first(most, summary.ports())) {
      to.writeStartObject();
      to.writeStringProperty("cluster", port.cluster());
      to.writeNumberProperty("number", port.number());
      to.writeArrayPropertyStart("from");
      port.from().forEach(zone -> write(zone, to));
      to.writeEndArray();
      to.writeEndObject();
    }
    to.writeEndArray();
    to.writeEndObject();
  }

  private static void write(ServiceSummary.FromZone from, JsonGenerator to) {
    to.writeStartObject();
    to.writeStringProperty("zone", from.zone());
    to.writeStringProperty("reason", from.reason().name());
    to.writeNumberProperty("stays", from.stays());
    to.writeNumberProperty("leaves", from.leaves());
    to.writeNumberProperty("nowhere", from.nowhere());
    to.writeObjectPropertyStart("to");
    from.to().forEach(to::writeNumberProperty);
    to.writeEndObject();
    to.writeEndObject();
  }
}
