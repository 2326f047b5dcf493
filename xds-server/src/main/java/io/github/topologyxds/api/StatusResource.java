package io.github.topologyxds.api;

import io.github.topologyxds.explain.ClusterSnapshot;
import io.github.topologyxds.explain.report.ActingShifts;
import io.github.topologyxds.version.ProductVersion;
import java.time.Instant;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code status}: how the server itself is, and how old what it knows. */
final class StatusResource implements Resource {
  private static final double MILLIS = 1000;

  private final ClusterSnapshot cluster;
  private final Supplier<ServerStatus> server;

  StatusResource(ClusterSnapshot cluster, Supplier<ServerStatus> server) {
    this.cluster = cluster;
    this.server = server;
  }

  @Override
  public JsonNode answer(ApiRequest request) {
    request.mayHave();
    ServerStatus status = server.get();
    ProductVersion version = ProductVersion.current();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version.product());
    json.put("java", version.java());
    json.put("ready", status.ready());
    json.put("stale", status.stale());
    json.put("unconfirmedSeconds", status.unconfirmed().toMillis() / MILLIS);
    var troubles = json.putArray("troubles");
    status.troubles().forEach(troubles::add);
    ActingShifts.of(cluster.shifts(), Instant.now()).addWithRemaining(json.putArray("shifts"));
    json.put("services", cluster.services().size());
    json.put("nodes", cluster.nodes().size());
    return json;
  }
}
